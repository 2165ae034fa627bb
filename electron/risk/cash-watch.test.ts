import { describe, expect, it } from 'vitest';
import { foldJournal } from '../../shared/domain/journal/fold.ts';
import type { RiskEvent } from '../../shared/domain/risk/event.ts';
import type { Ticks } from '../../shared/domain/instrument/instrument.ts';
import { execution, OPEN_AT, position, SIM, snapshot } from '../../shared/testing/desk-facts.ts';
import { tellCash, WAIT_MS, watchedAccount } from './testing/cash-account.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

/** Pays out, and has a limit of the day of 1,000. */
const FUNDED = 'apex.4_0.eod.pa.50k';
const EVALUATION = 'topstep.2026.combine.eval.50k';
const HELD_MS = 2_100;

type World = ReturnType<typeof riskWorld>;

const watched = (template = FUNDED): World => watchedAccount(template);
const cash = tellCash;

/** Time passes on a live link, and a full report comes when it was asked for. */
function decide(world: World): void {
  for (let ms = 0; ms <= WAIT_MS; ms += 100) world.clock.advance(100);
  world.takeNext((seq) => snapshot(seq));
  world.clock.advance(300);
}

/** Two contracts were bought and sold again at a loss of so many dollars; a tick of both is worth 25. */
function trade(world: World, lost: number, price = 20_000): void {
  const id = `e${world.clock.mono()}`;
  const at = { executedAt: world.clock.wall(), quantity: 2 };
  const out = (price - lost / 25) as Ticks;
  world.takeNext(
    (seq) => ({
      kind: 'execution.reported',
      seq,
      execution: execution(`${id}-in`, { ...at, price: price as Ticks }),
    }),
    (seq) => ({
      kind: 'execution.reported',
      seq,
      execution: execution(`${id}-out`, { ...at, side: 'sell', price: out }),
    }),
  );
}

function ruleOf(world: World, id: string) {
  return world.risk().verdicts.find((rule) => rule.id === id);
}

/** Payouts that the journal comes to. */
function payouts(world: World): number {
  world.clock.advance(1_100);
  world.journal.flush();
  const records = [...world.journal.read(1)];
  const kept = foldJournal(records).risk.get(SIM);
  const sum = (count: number, { kind, ...event }: RiskEvent): number => {
    if (kind === 'cash' && 'reason' in event && event.reason === 'payout') return count + 1;
    return kind === 'cash-withdrawn' ? count - 1 : count;
  };
  return (kept?.taken ?? []).reduce(sum, kept?.kept?.core.book.payouts ?? 0);
}

function told(world: World): string {
  return world.engine
    .view()
    .feed.map(({ text }) => text)
    .join('\n');
}

describe('cash that falls without a trade', () => {
  it('is held, then unknown, then a payout: no loss of the day, no lock, no flatten', () => {
    const world = watched();
    trade(world, -2_600);
    cash(world, 52_600);
    world.clock.advance(WAIT_MS);
    cash(world, 52_600);
    const kept = { severity: 'ok', left: dollars(3_600) };
    expect(ruleOf(world, 'dailyLoss')).toMatchObject(kept);
    cash(world, 51_100);
    world.clock.advance(1_000);
    expect(ruleOf(world, 'dailyLoss')).toMatchObject(kept);
    world.clock.advance(HELD_MS);
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('unknown');
    decide(world);
    expect(ruleOf(world, 'dailyLoss')).toMatchObject(kept);
    expect(world.risk()).toMatchObject({ lock: null, equity: dollars(51_100) });
    expect(told(world)).toContain('Cash fell by 1,500.00 without a trade: taken as a payout');
    expect(world.sentKinds()).not.toContain('flatten');
    expect(world.bugs).toEqual([]);
  });

  it('is no payout in an evaluation, and no loss either', () => {
    const world = watched(EVALUATION);
    cash(world, 49_600);
    decide(world);
    expect(told(world)).toContain("taken as the firm's booking");
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(1_000) });
  });

  it('is a cost while it is no more than fees may be', () => {
    const world = watched();
    cash(world, 49_860);
    world.clock.advance(500);
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(860) });
    decide(world);
    expect(told(world)).not.toContain('without a trade');
  });

  it('is decided by nothing but a full report of after the wait', () => {
    const world = watched();
    cash(world, 48_500);
    world.clock.advance(60_000);
    expect(world.sent.filter(({ kind }) => kind === 'snapshot').length).toBeGreaterThan(0);
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('unknown');
    expect(told(world)).not.toContain('payout');
  });
});

describe('a payout while the app was closed', () => {
  it('is found when the account is heard again', () => {
    const before = watched();
    before.clock.advance(1_000);
    before.close();
    const world = riskWorld({ folder: before.folder, clock: before.clock });
    world.connect();
    cash(world, 49_400);
    decide(world);
    cash(world, 49_400);
    expect(told(world)).toContain('Cash fell by 600.00 without a trade');
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(1_000) });
  });
});

describe('figures that went stale', () => {
  it('are known again when they are told again, unchanged', () => {
    const world = watched();
    world.clock.advance(20_000);
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('unknown');
    cash(world, 50_000);
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('ok');
  });
});

describe('a true loss', () => {
  const orders: Record<string, (world: World) => void> = {
    'fills, then cash': (world) => {
      trade(world, 1_500);
      cash(world, 48_500);
    },
    'cash, then fills': (world) => {
      cash(world, 48_500);
      world.clock.advance(1_500);
      trade(world, 1_500);
    },
    'fills seconds after the cash': (world) => {
      cash(world, 48_500);
      world.clock.advance(8_000);
      trade(world, 1_500);
    },
    'a loss with the position open, its fills later': (world) => {
      world.takeNext((seq) => position(seq, 2));
      cash(world, 48_500);
      world.clock.advance(300);
      world.takeNext((seq) => position(seq, 0));
      world.clock.advance(4_000);
      trade(world, 1_500);
    },
    'fills in the report itself': (world) => {
      cash(world, 48_500);
      world.clock.advance(WAIT_MS);
      const at = { executedAt: world.clock.wall(), quantity: 2 };
      const executions = [
        execution('late-in', { ...at, price: 20_000 as Ticks }),
        execution('late-out', { ...at, side: 'sell', price: 19_940 as Ticks }),
      ];
      world.takeNext((seq) => snapshot(seq, { executions }));
    },
  };

  it.each(Object.entries(orders))('is one, whatever the order: %s', (_name, play) => {
    const world = watched();
    play(world);
    world.clock.advance(600);
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('breach');
    decide(world);
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('breach');
    expect(told(world)).not.toContain('without a trade');
    expect(world.bugs).toEqual([]);
  });

  it('that was taken for a payout is taken back when its fills come', () => {
    const world = watched();
    cash(world, 48_500);
    decide(world);
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('ok');
    world.takeNext(
      (seq) => ({
        kind: 'execution.reported',
        seq,
        execution: execution('in', { executedAt: OPEN_AT, quantity: 2 }),
      }),
      (seq) => ({
        kind: 'execution.reported',
        seq,
        execution: execution('out', {
          ...{ executedAt: OPEN_AT, quantity: 2, side: 'sell' },
          price: 19_940 as Ticks,
        }),
      }),
    );
    cash(world, 48_500);
    world.clock.advance(600);
    expect(told(world)).toContain('count as trading again');
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('breach');
    expect(payouts(world)).toBe(0);
  });
});

describe('an account that is back at its start', () => {
  it('is asked for, and unknown until it is answered', () => {
    const world = watched();
    trade(world, 3_000);
    cash(world, 47_000);
    decide(world);
    expect(world.risk().state).toBe('failed');
    cash(world, 50_000);
    decide(world);
    expect(told(world)).toContain('Did the firm reset the account?');
    expect(world.risk().state).toBe('failed');
    expect(world.risk().figureDoubt).not.toBe('');
  });

  it('begins a new run when the trader says so', () => {
    const world = watched();
    trade(world, 3_000);
    cash(world, 47_000);
    decide(world);
    cash(world, 50_000);
    decide(world);
    const answer = world.engine.risk.record({
      kind: 'reset',
      account: SIM,
      balance: dollars(50_000),
    });
    expect(answer).toMatchObject({ outcome: 'now' });
    world.clock.advance(500);
    expect(world.risk()).toMatchObject({ floor: dollars(48_000), equity: dollars(50_000) });
    expect(ruleOf(world, 'drawdown')?.severity).toBe('ok');
    expect(world.risk().state).toBe('softLock');
    expect(ruleOf(world, 'conduct.hedging')?.severity).toBe('ok');
    expect(world.bugs).toEqual([]);
  });
});

describe('what the trader records', () => {
  it('makes a fall that counted as trading a payout', () => {
    const world = watched();
    world.takeNext((seq) => position(seq, 2));
    cash(world, 49_600);
    world.clock.advance(600);
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(600) });
    world.engine.risk.record({ kind: 'payout', account: SIM, amount: dollars(400) });
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(1_000) });
  });

  it('confirms a payout that the desk had found, and is no second one', () => {
    const world = watched();
    cash(world, 49_400);
    decide(world);
    const answer = world.engine.risk.record({
      ...{ kind: 'payout', account: SIM, amount: dollars(600) },
    });
    expect(answer.outcome).toBe('now');
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(1_000) });
    expect(payouts(world)).toBe(1);
    const withdrawn = { kind: 'was-trading', account: SIM, amount: dollars(600) } as const;
    expect(world.engine.risk.record(withdrawn).outcome).toBe('refused');
  });

  it('is the payout whose cash moves after it', () => {
    const world = watched();
    world.engine.risk.record({ kind: 'payout', account: SIM, amount: dollars(600) });
    world.clock.advance(WAIT_MS);
    cash(world, 50_000);
    cash(world, 49_400);
    decide(world);
    cash(world, 49_400);
    world.clock.advance(500);
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(1_000) });
    expect(payouts(world)).toBe(1);
    expect(told(world)).not.toContain('taken as a payout');
  });

  it('withdraws a payout that was a loss', () => {
    const world = watched();
    cash(world, 48_500);
    decide(world);
    expect(payouts(world)).toBe(1);
    const wish = { kind: 'was-trading', account: SIM, amount: dollars(1_500) } as const;
    expect(world.engine.risk.record(wish)).toMatchObject({ outcome: 'now' });
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('breach');
    expect(payouts(world)).toBe(0);
    expect(world.engine.risk.record(wish)).toMatchObject({ outcome: 'refused' });
    expect(world.bugs).toEqual([]);
  });

  it('is refused for an account without rules', () => {
    const world = riskWorld();
    world.connect();
    const answer = world.engine.risk.record({ kind: 'payout-request', account: SIM });
    expect(answer.outcome).toBe('refused');
  });
});
