import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { OrderId } from '../../shared/domain/account/order.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { InstrumentName, Ticks } from '../../shared/domain/instrument/instrument.ts';
import { money } from '../../shared/domain/money/money.ts';
import { AppCommand } from '../../shared/protocol/addon/commands.ts';
import { InstrumentTable } from './instrument-table.ts';
import * as sample from './testing/wire-samples.ts';
import { translateCommand } from './translate-command.ts';

const account = 'Sim101' as AccountName;
const instrument = 'ES 12-26' as InstrumentName;
const commandId = 'cmd-1';

const commands: Command[] = [
  { kind: 'snapshot', commandId, scope: 'full', executionsSince: 5 as EpochMs },
  {
    kind: 'flatten',
    commandId,
    scope: { kind: 'instrument', account, instrument },
    attempt: 2,
    method: 'market',
    holdEntriesMs: 10_000,
  },
  { kind: 'cancelAll', commandId, scope: { kind: 'all' } },
  { kind: 'cancelOrder', commandId, account, orderId: 'o1' as OrderId },
  {
    kind: 'submitOrder',
    commandId,
    account,
    instrument,
    side: 'sell',
    type: 'stopLimit',
    quantity: 2,
    limit: 20_000 as Ticks,
    stop: 20_001 as Ticks,
    oco: '',
    label: 'stop',
    reduceOnly: true,
  },
  {
    kind: 'modifyOrder',
    commandId,
    account,
    instrument,
    orderId: 'o1' as OrderId,
    quantity: null,
    limit: 20_003 as Ticks,
    stop: null,
  },
  { kind: 'subscribe', commandId, instruments: [instrument], bars: true },
  { kind: 'unsubscribe', commandId, instruments: [instrument] },
  {
    kind: 'setGuard',
    commandId,
    revision: 3,
    note: '',
    accounts: [
      {
        account,
        entriesLocked: true,
        lockedUntil: null,
        reason: 'daily loss',
        maxContracts: 2,
        hardFloor: money(475_001_250),
        flattenAtFloor: false,
      },
    ],
  },
];

function table(): InstrumentTable {
  const instruments = new InstrumentTable();
  instruments.learn(sample.instrument());
  return instruments;
}

describe('a command of the desk', () => {
  it.each(commands.map((command) => [command.kind, command] as const))(
    '%s is said in words the schema accepts, with its id',
    (_kind, command) => {
      const outgoing = translateCommand(command, table());
      const message = { v: 1, id: 'm1', seq: 1, ts: 1, ...outgoing };
      expect(AppCommand.safeParse(message).error).toBeUndefined();
      expect(outgoing?.payload).toMatchObject({ commandId });
    },
  );

  it('has prices in points and money in units', () => {
    const [submit, modify, guard] = ['submitOrder', 'modifyOrder', 'setGuard'].map((kind) => {
      const command = commands.find((one) => one.kind === kind);
      return command && translateCommand(command, table())?.payload;
    });
    expect(submit).toMatchObject({ action: 'sell', limitPrice: 5_000, stopPrice: 5_000.25 });
    expect(modify).toMatchObject({ quantity: null, limitPrice: 5_000.75, stopPrice: null });
    expect(guard).toMatchObject({ accounts: [{ hardFloor: 47_500.125 }] });
  });

  it('with a price of a contract whose ticks are unknown cannot be said', () => {
    const submit = commands.find((one) => one.kind === 'submitOrder')!;
    expect(translateCommand(submit, new InstrumentTable())).toBeNull();
  });

  it('without a price needs no contract terms', () => {
    const flatten = commands.find((one) => one.kind === 'flatten')!;
    expect(translateCommand(flatten, new InstrumentTable())).not.toBeNull();
  });
});
