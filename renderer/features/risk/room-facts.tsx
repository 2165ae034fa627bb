import type { ReactNode } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { grouped, MINUS, moneyText, UNKNOWN } from '../../format/money-text.ts';
import { Hint } from '../../ui/hint.tsx';
import { counted } from '../../words/flatten-words.ts';

interface AccountPart {
  readonly account: AccountView;
}

/** The distance to the floor in ticks of what is open, in contracts, and in average losses. */
export function RoomFacts({ account }: AccountPart) {
  const { contractsAtRisk } = account.risk;
  return (
    <dl className="room-facts">
      <Fact label="Contracts at risk" hint="Open contracts, and orders that could open more.">
        {contractsAtRisk === null ? <Unknown /> : wholeText(contractsAtRisk)}
      </Fact>
      <Fact
        label="Ticks to the floor"
        hint="How far every open position can go against you together until the floor is reached."
      >
        <Ticks account={account} />
      </Fact>
      <Fact label="Average losses left" hint={lossHint(account)}>
        <Losses account={account} />
      </Fact>
    </dl>
  );
}

function Ticks({ account }: AccountPart) {
  const { roomTicks, contractsAtRisk } = account.risk;
  if (roomTicks !== null) return wholeText(roomTicks);
  if (contractsAtRisk === 0) return <small>nothing open</small>;
  return <Unknown />;
}

function Losses({ account }: AccountPart) {
  const { averageLossesLeft, averageLossTrades } = account.risk;
  if (averageLossesLeft === null) return <Unknown />;
  return (
    <>
      {wholeText(averageLossesLeft)} <small>n {averageLossTrades}</small>
    </>
  );
}

function lossHint({ risk, currency }: AccountView): string {
  const { averageLoss, averageLossTrades } = risk;
  if (averageLoss === null) return 'No losing trade is known yet.';
  return `The mean of ${counted(averageLossTrades, 'losing trade')} is ${moneyText(averageLoss, currency)}. Whole losses until the floor.`;
}

interface FactProps {
  readonly label: string;
  readonly hint: string;
  readonly children: ReactNode;
}

function Fact({ label, hint, children }: FactProps) {
  return (
    <div className="room-fact">
      <dt>{label}</dt>
      <dd>
        <Hint text={hint}>{children}</Hint>
      </dd>
    </div>
  );
}

function Unknown() {
  return (
    <span className="figure-unknown">
      <span aria-hidden="true">{UNKNOWN}</span>
      <span className="only-read">not known</span>
    </span>
  );
}

function wholeText(value: number): string {
  return `${value < 0 ? MINUS : ''}${grouped(String(Math.abs(value)))}`;
}
