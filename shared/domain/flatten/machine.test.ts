import { describe, expect, it } from 'vitest';
import { ACCOUNT, ES, exposure, FlattenWorld, looks } from '../../testing/flatten-world.ts';

const FLAT = looks([]);
const OPEN = looks([exposure(2, 1)]);

/** Runs a world up to its quiet watch. */
function verifying(): FlattenWorld {
  return new FlattenWorld().accept().answerRead(FLAT);
}

describe('a flatten on its way', () => {
  it('sends the command in the same turn as the press', () => {
    const world = new FlattenWorld();
    expect(world.sent).toMatchObject([{ kind: 'flatten', attempt: 1, method: 'market' }]);
    expect(world.run.stage).toBe('sent');
  });

  it('remembers the request before its steps', () => {
    const kinds = new FlattenWorld().records.map((record) => record.kind);
    expect(kinds[0]).toBe('flatten.requested');
  });

  it('is sent even when nothing seems open', () => {
    expect(new FlattenWorld({ seen: FLAT }).flattens()).toHaveLength(1);
  });

  it('changes nothing on twenty more presses but their count', () => {
    const world = new FlattenWorld().accept();
    world.takeSent();
    const before = world.run;
    for (let press = 0; press < 20; press += 1) world.feed({ kind: 'pressed' });
    expect(world.sent).toEqual([]);
    expect(world.run).toEqual({ ...before, presses: 21 });
  });

  it('repeats an unanswered command under its own id', () => {
    const world = new FlattenWorld();
    const [first] = world.takeSent();
    world.pass(600);
    expect(world.flattens()).toEqual([first]);
  });

  it('alarms after three unanswered repeats and goes on repeating', () => {
    const world = new FlattenWorld().pass(1_600);
    expect(world.run.alarm).toBe('NO_ACK');
    world.takeSent();
    world.pass(1_000);
    expect(world.flattens().length).toBeGreaterThan(0);
    world.accept();
    expect(world.run.alarm).toBeNull();
  });

  it('alarms when it is not verified in ten seconds and goes on trying', () => {
    const world = new FlattenWorld().accept();
    for (let second = 0; second < 10; second += 1) answerAll(world.pass(1_000)).accept();
    expect(world.run.alarm).toBe('NOT_FLAT_IN_TIME');
    expect(world.run.remaining).toEqual([exposure(2, 1)]);
  });

  it('escalates from market to marketable limit to single legs', () => {
    const world = new FlattenWorld().accept().answerRead(OPEN);
    for (let attempt = 0; attempt < 3; attempt += 1) answerAll(world.pass(7_000)).accept();
    const methods = world.flattens().map((command) => [command.method, command.scope.kind]);
    expect(methods).toEqual([
      ['market', 'account'],
      ['market', 'account'],
      ['marketableLimit', 'account'],
      ['market', 'instrument'],
    ]);
  });

  it('does not wait for the window when the platform says that it failed', () => {
    const world = new FlattenWorld().accept().answerRead(OPEN);
    const commandId = world.flattens()[0]?.commandId ?? '';
    world.pass(600);
    world.takeSent();
    world.feed({
      kind: 'finished',
      commandId,
      outcome: 'failed',
      detail: 'rejected',
      remaining: null,
    });
    world.pass(100);
    expect(world.flattens()).toMatchObject([{ attempt: 2 }]);
  });

  it.each(['UNKNOWN_ACCOUNT', 'UNSUPPORTED', 'BAD_COMMAND'])('ends in refused on %s', (code) => {
    const world = new FlattenWorld().refuse(code);
    expect(world.run).toMatchObject({ stage: 'refused', refusal: code });
    expect(world.records.at(-1)).toMatchObject({ kind: 'flatten.refused', code });
  });

  it('keeps trying an account that is not connected without using up attempts', () => {
    const world = new FlattenWorld();
    for (let retry = 0; retry < 6; retry += 1) world.refuse('NOT_CONNECTED').pass(2_100);
    expect(world.run).toMatchObject({ alarm: 'ACCOUNT_DISCONNECTED', attempt: 1, armed: true });
  });
});

describe('proof of flat', () => {
  it('is never given on events alone', () => {
    const world = new FlattenWorld().accept();
    world.feed({ kind: 'observed', seen: FLAT }).pass(700);
    expect(world.run.stage).toBe('accepted');
  });

  it('is never given on the word of the platform that it is done', () => {
    const world = new FlattenWorld().accept();
    const commandId = world.flattens()[0]?.commandId ?? '';
    world.feed({ kind: 'finished', commandId, outcome: 'done', detail: '', remaining: [] });
    expect(world.run.stage).toBe('accepted');
  });

  it.each([
    [[], 'done; the AddOn saw nothing open'],
    [[exposure(2, 1)], 'done; the AddOn saw Sim101 ES 12-26 position 2, live orders 1'],
    [null, 'done'],
  ])('keeps what the AddOn saw beside its word: %j', (remaining, detail) => {
    const world = new FlattenWorld().accept();
    const commandId = world.flattens()[0]?.commandId ?? '';
    world.feed({ kind: 'finished', commandId, outcome: 'done', detail: '', remaining });
    const step = world.run.steps.find(({ code }) => code === 'commandFinished');
    expect(step?.detail).toBe(detail);
  });

  it('needs a read, a quiet watch of ten seconds and a second read', () => {
    const world = verifying();
    expect(world.run.stage).toBe('verifying');
    world.pass(9_900);
    expect(world.run.read).toBeNull();
    world.pass(100).answerRead(FLAT);
    expect(world.run.stage).toBe('confirmed');
    expect(world.run.proof).toMatchObject({ watchMs: 10_000, accounts: [ACCOUNT], presses: 1 });
    expect(world.records.at(-1)?.kind).toBe('flatten.confirmed');
  });

  it('does not end before the last read is answered', () => {
    expect(verifying().pass(12_000).run.stage).toBe('verifying');
  });

  it('does not take the answer to a read that was given up', () => {
    const world = new FlattenWorld().accept();
    const old = world.run.read?.commandId ?? '';
    world.pass(800).feed({ kind: 'read', commandId: old, seen: FLAT });
    expect(world.run.stage).toBe('accepted');
  });

  it.each([
    ['a position', looks([exposure(-1)])],
    ['a live order', looks([exposure(0, 1)])],
  ])('starts over when %s appears in the watch', (_, seen) => {
    const world = verifying().pass(3_000);
    world.takeSent();
    world.feed({ kind: 'observed', seen });
    expect(world.run).toMatchObject({ stage: 'sent', watch: null });
    expect(world.flattens()).toHaveLength(1);
  });

  it('is refused while an account of the scope cannot be read', () => {
    const world = new FlattenWorld().accept();
    world.answerRead(looks([], { covered: [], unreadable: [ACCOUNT] }));
    expect(world.run).toMatchObject({ stage: 'accepted', alarm: 'ACCOUNT_DISCONNECTED' });
  });

  it('sends again once an unreadable account is back and still open', () => {
    const world = new FlattenWorld().accept();
    world.answerRead(looks([exposure(2)], { covered: [], unreadable: [ACCOUNT] })).pass(600);
    world.takeSent();
    world.answerRead(OPEN);
    expect(world.flattens()).toHaveLength(1);
    expect(world.run.alarm).toBeNull();
  });

  it('is refused while reported positions contradict the fills', () => {
    const doubted = looks([], { doubts: ['fills say 2 ES 12-26'] });
    const world = new FlattenWorld().accept().answerRead(doubted);
    expect(world.run).toMatchObject({ stage: 'accepted', alarm: null });
    for (let read = 0; read < 5; read += 1) world.pass(500).answerRead(doubted);
    expect(world.run).toMatchObject({ stage: 'accepted', alarm: 'DATA_IN_DOUBT' });
  });

  it('waits at the end of the watch for doubts to clear, without starting over', () => {
    const world = verifying().pass(10_000);
    world.takeSent();
    for (let read = 0; read < 6; read += 1) {
      world.answerRead(looks([], { doubts: ['fills may be missing'] })).pass(500);
    }
    expect(world.run).toMatchObject({ stage: 'verifying', alarm: 'DATA_IN_DOUBT' });
    expect(world.flattens()).toEqual([]);
    world.answerRead(FLAT);
    expect(world.run).toMatchObject({ stage: 'confirmed', alarm: null });
  });

  it('is refused when the scope covers no account at all', () => {
    const world = new FlattenWorld({ scope: { kind: 'all' } }).accept();
    world.answerRead(looks([], { covered: [] }));
    expect(world.run.stage).toBe('accepted');
  });

  it('survives a late wake-up: a watch slept through still ends with a read', () => {
    const world = verifying().sleep(600_000).feed({ kind: 'tick' });
    expect(world.run.stage).toBe('verifying');
    world.answerRead(FLAT);
    expect(world.run.stage).toBe('confirmed');
  });

  it('tells the trader when something keeps opening positions, and stops fighting it', () => {
    const world = verifying();
    for (let round = 1; round <= 10; round += 1) {
      world.sleep(1_000).feed({ kind: 'observed', seen: OPEN });
      if (round === 3) expect(world.run.alarm).toBe('KEEPS_REOPENING');
      world.accept();
      if (world.run.read === null) world.pass(600);
      if (round < 10) world.answerRead(FLAT);
    }
    expect(world.run).toMatchObject({ alarm: 'KEEPS_REOPENING', armed: false });
    world.takeSent();
    answerAll(world.pass(5_000));
    expect(world.flattens()).toEqual([]);
  });
});

describe('without a link', () => {
  it('says so at once and stays armed', () => {
    const { run, sent } = new FlattenWorld({ linkUp: false });
    expect(sent).toEqual([]);
    expect(run).toMatchObject({ stage: 'waiting', alarm: 'LINK_DOWN', armed: true });
  });

  it('sends when the link returns', () => {
    const world = new FlattenWorld({ linkUp: false }).sleep(60_000).feed({ kind: 'linkUp' });
    expect(world.flattens()).toHaveLength(1);
    expect(world.run.alarm).toBeNull();
  });

  it('alarms although the link comes and goes faster than the alarm time', () => {
    const world = new FlattenWorld().accept();
    for (let flap = 0; flap < 3; flap += 1) {
      world.pass(4_000).feed({ kind: 'linkDown', detail: 'closed' });
      world.sleep(1_000).feed({ kind: 'linkUp' }).accept();
    }
    answerAll(world.pass(100));
    expect(world.run).toMatchObject({ alarm: 'NOT_FLAT_IN_TIME', armed: true });
  });

  it('does not send by itself after five minutes, but still looks', () => {
    const world = new FlattenWorld({ linkUp: false }).sleep(301_000).feed({ kind: 'linkUp' });
    expect(world.flattens()).toEqual([]);
    expect(world.run).toMatchObject({ alarm: 'RESTARTED_TOO_LATE', armed: false });
    world.answerRead(OPEN).pass(60_000);
    expect(world.flattens()).toEqual([]);
  });

  it('sends again after five minutes when the trader presses again', () => {
    const world = new FlattenWorld({ linkUp: false }).sleep(301_000).feed({ kind: 'linkUp' });
    world.feed({ kind: 'pressed' });
    expect(world.flattens()).toHaveLength(1);
  });

  it('drops a watch that the loss of the link made blind', () => {
    const world = verifying().feed({ kind: 'linkDown', detail: 'silent' });
    expect(world.run).toMatchObject({ stage: 'waiting', watch: null, alarm: 'LINK_DOWN' });
    world.sleep(30_000).feed({ kind: 'tick' });
    expect(world.run.stage).toBe('waiting');
  });

  it('treats a command that could not leave as a lost link', () => {
    const world = new FlattenWorld();
    const commandId = world.flattens()[0]?.commandId ?? '';
    world.feed({ kind: 'notSent', commandId, code: 'NO_LINK' });
    expect(world.run).toMatchObject({ stage: 'waiting', alarm: 'LINK_DOWN', armed: true });
  });

  it('can be disarmed', () => {
    const world = new FlattenWorld({ linkUp: false }).feed({ kind: 'disarm' }, { kind: 'linkUp' });
    expect(world.run.stage).toBe('disarmed');
    expect(world.sent).toEqual([]);
  });
});

describe('repeats and spacing', () => {
  it('repeats a command to the letter although a watch began and broke before its answer', () => {
    const world = new FlattenWorld();
    world
      .feed({ kind: 'finished', commandId: 'none', outcome: 'done', detail: '', remaining: null })
      .pass(500);
    const [first] = world.takeSent();
    world
      .answerRead(FLAT)
      .feed({ kind: 'observed', seen: looks([exposure(0, 1)]) })
      .pass(500);
    const again = world.flattens().filter((command) => command.commandId === first?.commandId);
    for (const command of again) expect(command).toEqual(first);
  });

  it('keeps the spacing when an account returns right after an attempt', () => {
    const world = new FlattenWorld().refuse('NOT_CONNECTED').pass(2_001);
    world.takeSent();
    world.answerRead(OPEN);
    expect(world.flattens()).toEqual([]);
    world.pass(500);
    expect(world.flattens()).toHaveLength(1);
  });
});

describe('disarming', () => {
  it('does not stop a flatten that is running', () => {
    const world = new FlattenWorld().accept().feed({ kind: 'disarm' });
    expect(world.run.stage).toBe('accepted');
  });
});

describe('an ended flatten', () => {
  it.each(['pressed', 'tick', 'linkUp', 'disarm'] as const)('ignores %s', (kind) => {
    const world = verifying().pass(10_000).answerRead(FLAT);
    const before = world.run;
    world.feed({ kind });
    expect(world.run).toBe(before);
  });
});

describe('one instrument', () => {
  it('closes only that instrument', () => {
    const scope = { kind: 'instrument', account: ACCOUNT, instrument: ES } as const;
    expect(new FlattenWorld({ scope }).flattens()).toMatchObject([{ scope }]);
  });
});

/** Answers an open read with the position still there. */
function answerAll(world: FlattenWorld): FlattenWorld {
  return world.run.read === null ? world : world.answerRead(OPEN);
}
