import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position, ProtectedAccount, readingAt, usd } from '../../../testing/protection-world.ts';
import { reconcileRoom, type ReconciledRoom } from './broker-floor.ts';

const ONE_DOLLAR = usd(1);
const room = (computed: number | null, broker: number | null) =>
  reconcileRoom(
    computed === null ? null : usd(computed),
    broker === null ? null : usd(broker),
    ONE_DOLLAR,
  );

describe('the room to the floor from two sides', () => {
  it.each<[string, number | null, number | null, [number | null, ReconciledRoom['by']]]>([
    ['that agree is the smaller', 500, 500.5, [500, 'both']],
    ['is the broker’s where it is tighter', 500, 400, [400, 'broker']],
    ['is the computed one where it is tighter', 500, 600, [500, 'computed']],
    ['is the only one that is known', null, 600, [600, 'broker']],
    ['is the other only one', 500, null, [500, 'computed']],
    ['is unknown when neither is', null, null, [null, 'nobody']],
  ])('%s', (_name, ...[computed, broker, [found, by]]) => {
    expect(room(computed, broker)).toMatchObject({ room: found === null ? null : usd(found), by });
  });

  it('shows both figures of a disagreement', () => {
    expect(room(500, 400).disagreement).toEqual({
      computed: usd(500),
      broker: usd(400),
      difference: usd(-100),
    });
    expect(room(500, 501).disagreement).toBeNull();
  });

  it('is never more than either side leaves', () => {
    const amount = fc.integer({ min: -9_999, max: 9_999 });
    fc.assert(
      fc.property(amount, amount, (computed, broker) => {
        const found = room(computed, broker).room ?? Infinity;
        expect(found).toBe(usd(Math.min(computed, broker)));
      }),
    );
  });
});

describe('the broker’s floor in an account', () => {
  const LONG = [position(1)];

  it('that leaves less is acted on, and the disagreement is told once', () => {
    const account = new ProtectedAccount().settle({ positions: LONG, brokerRoom: 2_000 });
    const said = { positions: LONG, brokerRoom: 600 };
    account.read(1_000, said);
    expect(account.count('flatten')).toBe(0);
    account.read(1_250, said);
    account.read(1_350, said);
    expect(account.count('flatten')).toBe(1);
    expect(account.notices.filter(({ kind }) => kind === 'floor-disagrees')).toEqual([
      {
        kind: 'floor-disagrees',
        rule: 'trailing',
        computed: usd(2_000),
        broker: usd(600),
        difference: usd(-1_400),
      },
    ]);
  });

  it('of zero is what a lost connection says, and never counts', () => {
    const account = new ProtectedAccount().settle({ positions: LONG, brokerRoom: 2_000 });
    for (let ms = 1_000; ms < 9_000; ms += 500) {
      account.at(ms, readingAt(ms, { positions: LONG, brokerRoom: 0 }));
    }
    expect(account.actions).toEqual([]);
  });

  it('that leaves more loosens nothing', () => {
    const account = new ProtectedAccount().settle({ positions: LONG, brokerRoom: 5_000 });
    account.read(1_000, { equity: 48_700, second: 48_700, positions: LONG, brokerRoom: 5_000 });
    expect(account.count('flatten')).toBe(1);
  });
});
