import { useCallback, useEffect, useState } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useHistory } from '../../app/desk-context.ts';
import { createEquityChart, type EquityChart } from '../../charts/equity-chart.ts';
import { moneyText } from '../../format/money-text.ts';
import { clockText } from '../../format/time-text.ts';
import { equityOf, type EquityLine } from '../../state/equity-line.ts';
import { useTheme } from '../../ui/theme.tsx';

const NO_LINE: EquityLine = [];

/** Equity since the window was opened, with the firm's floor, the own limit and the peak. */
export function EquityPanel({ account }: { readonly account: AccountView }) {
  const line = useHistory(({ equity }) => equity[account.name] ?? NO_LINE);
  const [chart, attach] = useEquityChart(account.currency);
  useEffect(() => chart?.setLine(line), [chart, line]);
  const first = line[0];
  return (
    <figure className="equity">
      <figcaption className="panel-note">
        {first === undefined
          ? 'Equity'
          : `Equity since ${clockText(first.at)}, as this window saw it`}
      </figcaption>
      <div className="equity-body">
        <div ref={attach} className="equity-canvas" role="img" aria-label={equityWords(account)} />
      </div>
    </figure>
  );
}

type Attach = (element: HTMLElement | null) => () => void;

function useEquityChart(currency: string): readonly [EquityChart | null, Attach] {
  const [chart, setChart] = useState<EquityChart | null>(null);
  const theme = useTheme();
  const attach = useCallback<Attach>(
    (element) => {
      if (element === null) return () => undefined;
      const made = createEquityChart(element, currency);
      setChart(made);
      return () => {
        made.destroy();
        setChart(null);
      };
    },
    [currency],
  );
  useEffect(() => chart?.recolour(), [chart, theme]);
  return [chart, attach];
}

function equityWords(account: AccountView): string {
  const { displayName, currency, risk } = account;
  const levels: readonly (readonly [string, number | null])[] = [
    ['equity', equityOf(account)],
    ['firm\u2019s floor', risk.floor],
    ['your limit', risk.own?.level ?? null],
    ['peak', risk.peak],
  ];
  const told = levels.map(
    ([name, value]) => `${name} ${value === null ? 'not known' : moneyText(value, currency)}`,
  );
  return `Equity chart of ${displayName}: ${told.join(', ')}`;
}
