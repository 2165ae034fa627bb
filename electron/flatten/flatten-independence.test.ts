import { describe, expect, it } from 'vitest';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { recoverFlattens } from '../../shared/domain/flatten/recovery.ts';
import type { FlattenRecord } from '../../shared/domain/flatten/record.ts';
import type { FlattenRun } from '../../shared/domain/flatten/run.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { opened, snapshot } from '../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { ACCOUNT, exposure, looks } from '../../shared/testing/flatten-world.ts';
import { SeqIds } from '../../shared/testing/seq-ids.ts';
import type { FlattenDesk } from '../engine/ports.ts';
import { createFlattenService } from './flatten-service.ts';

const ALL = { kind: 'all' } as const;
const ONE = { kind: 'account', account: ACCOUNT } as const;
const OTHER = { kind: 'account', account: 'Sim102' as AccountName } as const;
const OPEN = looks([exposure(2, 1)]);

/** A service on a link that is up, with parts of it replaced. */
function setUp(over: Partial<FlattenDesk> = {}, recovered: readonly FlattenRun[] = []) {
  const clock = new FakeClock();
  const sent: Command[] = [];
  const records: FlattenRecord[] = [];
  const bugs: string[] = [];
  const deps: FlattenDesk = {
    clock,
    timers: clock,
    ids: new SeqIds(),
    linkUp: () => true,
    look: () => OPEN,
    link: {
      send: (command) => {
        sent.push(command);
        return { ok: true, value: { sentAt: clock.mono() } };
      },
    },
    journal: (record) => void records.push(record),
    flush: () => undefined,
    onChange: () => undefined,
    onBug: (part) => void bugs.push(part),
    ...over,
  };
  const service = createFlattenService(deps, recovered);
  const flattens = () => sent.filter((command) => command.kind === 'flatten');
  return { clock, service, sent, records, bugs, flattens };
}

const broken = (): never => {
  throw new Error('broken');
};

describe('a flatten needs nothing but the link', () => {
  it.each(['look', 'journal', 'flush', 'onChange'] as const)(
    'goes out, is repeated and comes to an alarm while %s throws',
    (part) => {
      const world = setUp({ [part]: broken });
      expect(world.service.request(ONE, 'shortcut').outcome).toBe('started');
      expect(world.flattens()).toHaveLength(1);
      world.clock.advance(2_000);
      expect(world.flattens().length).toBeGreaterThan(1);
      expect(world.service.runs()[0]?.alarm).toBe('NO_ACK');
      expect(world.bugs).toContain(part);
    },
  );

  const ordered = () => {
    const order: string[] = [];
    const world = setUp({
      flush: () => void order.push('flush'),
      link: {
        send: (command) => {
          order.push(command.kind);
          return { ok: true, value: { sentAt: 0 } };
        },
      },
    });
    return { order, ...world };
  };

  it('is written down as soon as it is on its way, and not before', () => {
    const { order, service } = ordered();
    service.request(ONE, 'tray');
    expect(order).toEqual(['flatten', 'flush']);
  });

  it('leaves with all others of its moment before the disk has its turn, once', () => {
    const { order, service } = ordered();
    service.together(() => {
      service.request(ONE, 'guard');
      service.together(() => service.request(OTHER, 'guard'));
    });
    expect(order).toEqual(['flatten', 'flatten', 'flush']);
    service.together(() => undefined);
    expect(order).toHaveLength(3);
  });

  it('is written down, too, when what asked for it throws', () => {
    const { order, service } = ordered();
    const ask = (): never => {
      service.request(ONE, 'guard');
      return broken();
    };
    expect(() => service.together(ask)).toThrow('broken');
    expect(order).toEqual(['flatten', 'flush']);
  });
});

describe('a report with an entry that could not be read', () => {
  const refused = (type: string, account: string) => [
    { type, account, instrument: 'XX 99-99', code: 'OFF_TICK' },
  ];
  const provenWith = (entries: ReturnType<typeof refused>): boolean => {
    const world = setUp({ look: () => looks([]) });
    world.service.request(ONE, 'tray');
    for (let second = 0; second < 25; second += 1) {
      for (const { kind, commandId } of world.sent.splice(0)) {
        if (kind !== 'snapshot') continue;
        world.service.onFact(snapshot(9, { commandId, scope: 'state', refused: entries }));
      }
      world.clock.advance(1_000);
    }
    return world.service.runs()[0]?.stage === 'confirmed';
  };

  it('proves nothing for the account it is of, nor when it is not known whose it is', () => {
    expect(provenWith(refused('order', ACCOUNT))).toBe(false);
    expect(provenWith(refused('position', ''))).toBe(false);
  });

  it('does not hold back the proof for another account, nor for the terms of a contract', () => {
    expect(provenWith(refused('order', 'Sim102'))).toBe(true);
    expect(provenWith(refused('instrument', ''))).toBe(true);
  });
});

describe('a press while a wider flatten waits to be armed again', () => {
  it('closes what was asked for and no more', () => {
    const old = {
      kind: 'flatten.requested',
      flattenId: 'flat-0',
      scope: ALL,
      door: 'tray',
    } as const;
    const clock = new FakeClock();
    const now = { wall: clock.wall(), mono: clock.mono() };
    const wall = (now.wall - 86_400_000) as EpochMs;
    const world = setUp({}, recoverFlattens([{ ...old, wall }], now));
    world.service.onFact(opened());
    expect(world.service.runs()[0]).toMatchObject({ armed: false, alarm: 'RESTARTED_TOO_LATE' });
    world.service.request(ONE, 'accountCard');
    expect(world.flattens().map(({ scope }) => scope)).toEqual([ONE]);
    world.service.request(ALL, 'dashboard');
    expect(world.flattens().map(({ scope }) => scope)).toEqual([ONE, ALL]);
    expect(world.service.runs()).toHaveLength(2);
  });

  it('joins a wider one that is at work', () => {
    const world = setUp();
    world.service.request(ALL, 'tray');
    const other = { kind: 'account', account: 'Sim102' as AccountName } as const;
    expect(world.service.request(other, 'accountCard').outcome).toBe('joined');
    expect(world.flattens()).toHaveLength(1);
  });
});

describe('a flatten that the platform carries out and no record tells of', () => {
  const running = { commandId: 'flat-lost.abc.1', state: 'running', code: '' } as const;

  it('is told, watched over everything and not sent again by itself', () => {
    const world = setUp();
    world.service.onFact(snapshot(5, { commands: [running] }));
    world.service.onFact(snapshot(6, { commands: [running] }));
    world.clock.advance(60_000);
    expect(world.service.runs()).toHaveLength(1);
    expect(world.service.runs()[0]).toMatchObject({ id: 'flat-lost', scope: ALL, armed: false });
    expect(world.service.runs()[0]?.alarm).toBe('NOT_RECORDED');
    expect(world.flattens()).toEqual([]);
  });

  it('is not sent by itself after another restart either', () => {
    const world = setUp();
    world.service.onFact(snapshot(5, { commands: [running] }));
    const now = { wall: world.clock.wall(), mono: world.clock.mono() };
    const again = setUp({}, recoverFlattens(world.records, now));
    again.service.onFact(opened());
    expect(again.flattens()).toEqual([]);
    expect(again.service.runs()[0]?.alarm).not.toBeNull();
  });

  it('is not seen in commands that ended, that are no flatten, or that are known', () => {
    const world = setUp();
    const { flattenId } = world.service.request(ONE, 'tray');
    const commands = [
      { ...running, state: 'done' },
      { ...running, commandId: 'cmd-1' },
      { ...running, commandId: `${flattenId}.abc.1` },
    ] as const;
    world.service.onFact(snapshot(5, { commands }));
    expect(world.service.runs()).toHaveLength(1);
  });
});
