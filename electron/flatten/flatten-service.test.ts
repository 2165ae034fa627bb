import { describe, expect, it } from 'vitest';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Fact, SnapshotReceived } from '../../shared/domain/desk/fact.ts';
import type { FlattenRecord } from '../../shared/domain/flatten/record.ts';
import { recoverFlattens } from '../../shared/domain/flatten/recovery.ts';
import type { FlattenRun } from '../../shared/domain/flatten/run.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { ACCOUNT, ES, exposure, looks } from '../../shared/testing/flatten-world.ts';
import { SeqIds } from '../../shared/testing/seq-ids.ts';
import { createFlattenService } from './flatten-service.ts';

const SCOPE = { kind: 'account', account: ACCOUNT } as const;
const OPEN = looks([exposure(2, 1)]);

function setUp(recovered: readonly FlattenRun[] = []) {
  const world = {
    clock: new FakeClock(),
    up: true,
    seen: OPEN,
    sent: [] as Command[],
    journal: [] as FlattenRecord[],
    order: [] as string[],
    bugs: [] as string[],
  };
  const service = createFlattenService(
    {
      clock: world.clock,
      timers: world.clock,
      ids: new SeqIds(),
      linkUp: () => world.up,
      look: () => world.seen,
      link: {
        send: (command) => {
          if (!world.up) return { ok: false, error: { code: 'NO_LINK' } };
          world.sent.push(command);
          world.order.push(`send ${command.kind}`);
          return { ok: true, value: { sentAt: world.clock.mono() } };
        },
      },
      journal: (record) => {
        world.journal.push(record);
        world.order.push(record.kind);
      },
      flush: () => world.order.push('flush'),
      onChange: () => undefined,
      onBug: (part) => world.bugs.push(part),
    },
    recovered,
  );
  return { world, service, flattens: () => world.sent.filter((sent) => sent.kind === 'flatten') };
}

function acked(commandId: string): Fact {
  return { kind: 'command.acked', commandId, status: 'accepted', code: null, detail: '' };
}

function snapshot(commandId: string, refused: SnapshotReceived['refused'] = []): SnapshotReceived {
  return {
    kind: 'snapshot.received',
    seq: 9,
    asOfSeq: 8,
    scope: 'state',
    commandId,
    accounts: [],
    items: [],
    connections: [],
    orders: [],
    executions: [],
    positions: [],
    commands: [],
    refused,
  };
}

/** Answers the newest read with what the world shows. */
function answerRead(
  { world, service }: ReturnType<typeof setUp>,
  refused?: SnapshotReceived['refused'],
) {
  const read = world.sent.findLast((command) => command.kind === 'snapshot');
  if (read === undefined) throw new Error('No read was sent');
  service.onFact(snapshot(read.commandId, refused));
}

describe('a request', () => {
  it('is on the wire before anything is remembered', () => {
    const { world, service } = setUp();
    service.request(SCOPE, 'dashboard');
    expect(world.order.slice(0, 2)).toEqual(['send flatten', 'flatten.requested']);
  });

  it('makes one flatten out of twenty presses', () => {
    const { service, flattens } = setUp();
    const tickets = Array.from({ length: 20 }, () => service.request(SCOPE, 'dashboard'));
    expect(new Set(tickets.map((ticket) => ticket.flattenId)).size).toBe(1);
    expect(flattens()).toHaveLength(1);
    expect(service.runs()[0]?.presses).toBe(20);
  });

  it('joins a running flatten that covers it and starts one that is wider', () => {
    const { service } = setUp();
    service.request(SCOPE, 'accountCard');
    const narrower = service.request(
      { kind: 'instrument', account: ACCOUNT, instrument: ES },
      'accountCard',
    );
    expect(narrower.outcome).toBe('joined');
    expect(service.request({ kind: 'all' }, 'tray').outcome).toBe('started');
  });

  it('waits in alarm without a link and goes out when it returns', () => {
    const { world, service, flattens } = setUp();
    world.up = false;
    expect(service.request(SCOPE, 'shortcut').outcome).toBe('waiting');
    world.up = true;
    service.onFact({
      kind: 'link.opened',
      sessionId: 's',
      instanceId: 'i',
      addonVersion: '1',
      platform: 'p',
      platformVersion: '1',
    });
    expect(flattens()).toHaveLength(1);
  });

  it('falls back to waiting when the link is lost between the look and the send', () => {
    const { world, service } = setUp();
    service.request(SCOPE, 'dashboard');
    world.up = false;
    world.clock.advance(600);
    expect(service.runs()[0]).toMatchObject({ stage: 'waiting', alarm: 'LINK_DOWN' });
  });
});

describe('verification', () => {
  it('confirms after a flat read, the watch and another flat read, and then stops its timer', () => {
    const setup = setUp();
    const { world, service, flattens } = setup;
    service.request(SCOPE, 'dashboard');
    service.onFact(acked(flattens()[0]?.commandId ?? ''));
    world.seen = looks([]);
    answerRead(setup);
    expect(service.runs()[0]?.stage).toBe('verifying');
    world.clock.advance(10_000);
    answerRead(setup);
    expect(service.runs()[0]?.stage).toBe('confirmed');
    expect(world.journal.at(-1)?.kind).toBe('flatten.confirmed');
    const sent = world.sent.length;
    world.clock.advance(60_000);
    expect(world.sent.length).toBe(sent);
  });

  it('does not trust a report with an entry that could not be read', () => {
    const setup = setUp();
    const { world, service, flattens } = setup;
    service.request(SCOPE, 'dashboard');
    service.onFact(acked(flattens()[0]?.commandId ?? ''));
    world.seen = looks([]);
    answerRead(setup, [{ type: 'position', account: ACCOUNT, instrument: ES, code: 'OFF_TICK' }]);
    expect(service.runs()[0]?.stage).toBe('accepted');
    world.clock.advance(2_500);
    answerRead(setup, [{ type: 'position', account: ACCOUNT, instrument: ES, code: 'OFF_TICK' }]);
    expect(service.runs()[0]).toMatchObject({ stage: 'accepted', alarm: 'DATA_IN_DOUBT' });
  });
});

describe('after a crash', () => {
  it('takes an unfinished flatten up again and sends it when the link is back', () => {
    const before = setUp();
    before.service.request(SCOPE, 'dashboard');
    const clock = new FakeClock();
    const stamp = { wall: clock.wall(), mono: clock.mono() };
    const { world, service, flattens } = setUp(recoverFlattens(before.world.journal, stamp));
    expect(service.runs()[0]).toMatchObject({ stage: 'waiting', alarm: 'LINK_DOWN', armed: true });
    world.clock.advance(2_000);
    service.onFact({
      kind: 'link.opened',
      sessionId: 's',
      instanceId: 'i',
      addonVersion: '1',
      platform: 'p',
      platformVersion: '1',
    });
    expect(flattens()).toHaveLength(1);
  });
});

describe('the list of runs', () => {
  it('keeps only the last ended flatten of a scope', () => {
    const { world, service } = setUp();
    world.up = false;
    for (let n = 0; n < 3; n += 1) {
      const { flattenId } = service.request(SCOPE, 'dashboard');
      expect(service.disarm(flattenId)).toBe(true);
    }
    expect(service.runs()).toHaveLength(1);
  });

  it('does not disarm a flatten that is doing its work', () => {
    const { service } = setUp();
    const { flattenId } = service.request(SCOPE, 'dashboard');
    expect(service.disarm(flattenId)).toBe(false);
  });
});
