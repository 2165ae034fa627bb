import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, exposure, FlattenWorld, looks } from '../../testing/flatten-world.ts';
import { FLATTEN_POLICY } from './policy.ts';
import { recoverFlattens } from './recovery.ts';
import { isEnded, type Observation } from './run.ts';
import type { FlattenInput } from './machine.ts';

type Move =
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'accept' }
  | { readonly kind: 'refuse'; readonly code: string }
  | { readonly kind: 'answer'; readonly seen: Observation }
  | { readonly kind: 'strayAnswer'; readonly n: number; readonly seen: Observation }
  | { readonly kind: 'feed'; readonly input: FlattenInput };

const seen: fc.Arbitrary<Observation> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(looks([])) },
  { weight: 2, arbitrary: fc.constant(looks([exposure(2, 1)])) },
  fc.constant(looks([exposure(0, 1)])),
  fc.constant(looks([exposure(-3)])),
  fc.constant(looks([], { covered: [], unreadable: [ACCOUNT] })),
  fc.constant(looks([], { doubts: ['fills disagree'] })),
);

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.integer({ min: 1, max: 11_000 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'accept' as const }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('answer' as const), seen }) },
  fc.record({
    kind: fc.constant('strayAnswer' as const),
    n: fc.integer({ min: 1, max: 30 }),
    seen,
  }),
  fc.record({
    kind: fc.constant('refuse' as const),
    code: fc.constantFrom('NOT_CONNECTED', 'INTERNAL', 'ENTRIES_LOCKED'),
  }),
  fc.record({
    kind: fc.constant('feed' as const),
    input: fc.oneof<fc.Arbitrary<FlattenInput>[]>(
      fc.record({ kind: fc.constant('observed' as const), seen }),
      fc.constant({ kind: 'pressed' }),
      fc.constant({ kind: 'linkUp' }),
      fc.constant({ kind: 'linkDown', detail: 'silent' }),
      fc.constant({ kind: 'tick' }),
    ),
  }),
);

/** What a proof may rest on, said once more and independently of the machine. */
function provesFlat(look: Observation): boolean {
  return [look.exposures, look.unreadable, look.doubts].every((list) => list.length === 0);
}

/** Judges from outside, by the inputs alone, whether a confirmation is earned. */
class Judge {
  #quietSince: number | null = null;
  #reads = 0;
  #wasOpenAtLastLook = false;

  note(world: FlattenWorld, step: Move): void {
    if (step.kind === 'answer' && world.run.read !== null) this.#read(world, step.seen);
    if (step.kind === 'feed' && step.input.kind === 'observed') this.#look(step.input.seen);
    if (step.kind === 'feed' && step.input.kind === 'linkDown') this.#reset();
  }

  verdict(now: number): boolean {
    const quietFor = this.#quietSince === null ? -1 : now - this.#quietSince;
    return this.#reads >= 2 && quietFor >= FLATTEN_POLICY.watchMs && !this.#wasOpenAtLastLook;
  }

  #read(world: FlattenWorld, look: Observation): void {
    if (look.exposures.length > 0 || look.unreadable.length > 0) {
      this.#reset();
      this.#wasOpenAtLastLook = look.exposures.length > 0;
      return;
    }
    // A doubt holds the proof back; it does not make the watch less quiet.
    if (!provesFlat(look)) return;
    this.#wasOpenAtLastLook = false;
    this.#quietSince ??= world.stamp().mono;
    this.#reads += 1;
  }

  #look(look: Observation): void {
    this.#wasOpenAtLastLook = look.exposures.length > 0;
    if (this.#wasOpenAtLastLook) this.#reset();
  }

  #reset(): void {
    this.#quietSince = null;
    this.#reads = 0;
  }
}

function play(world: FlattenWorld, step: Move): void {
  switch (step.kind) {
    case 'pass':
      world.pass(step.ms);
      return;
    case 'accept':
      world.accept();
      return;
    case 'refuse':
      if (world.run.unanswered !== null) world.refuse(step.code);
      return;
    case 'answer':
      if (world.run.read !== null) world.answerRead(step.seen);
      return;
    case 'strayAnswer': {
      const commandId = `${world.run.commandPrefix}.${step.n}`;
      if (commandId !== world.run.read?.commandId) {
        world.feed({ kind: 'read', commandId, seen: { ...step.seen, exposures: [] } });
      }
      return;
    }
    case 'feed':
      world.feed(step.input);
  }
}

describe('whatever the platform does', () => {
  it('is confirmed only after two flat reads of its own with a quiet watch between them', () => {
    let confirmed = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 120, size: 'max' }), (moves) => {
        const world = new FlattenWorld();
        const judge = new Judge();
        for (const step of moves) {
          if (isEnded(world.run)) break;
          judge.note(world, step);
          play(world, step);
          if (world.run.stage === 'confirmed') {
            confirmed += 1;
            expect(judge.verdict(world.stamp().mono)).toBe(true);
          }
        }
      }),
      { numRuns: 3_000 },
    );
    // Without confirmations the property would say nothing.
    expect(confirmed).toBeGreaterThan(100);
  });

  it('is always ended, in alarm, or younger than the alarm time since its round or its watch', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
        const world = new FlattenWorld();
        for (const step of moves) {
          play(world, step);
          world.feed({ kind: 'tick' });
          const { run } = world;
          const age = world.stamp().mono - (run.watch?.endsAt ?? run.roundAt);
          const settled = isEnded(run) || run.alarm !== null;
          expect(settled || age < FLATTEN_POLICY.alarmAfterMs).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('never gives two different commands one id', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
        const world = new FlattenWorld();
        for (const step of moves) play(world, step);
        const byId = new Map<string, string>();
        for (const command of world.sent) {
          const text = JSON.stringify(command);
          expect(byId.get(command.commandId) ?? text).toBe(text);
          byId.set(command.commandId, text);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never stacks attempts closer than their spacing', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
        const world = new FlattenWorld();
        let last = world.run.lastAttemptAt;
        for (const step of moves) {
          play(world, step);
          const { lastAttemptAt } = world.run;
          if (lastAttemptAt !== last) {
            expect(lastAttemptAt - last).toBeGreaterThanOrEqual(FLATTEN_POLICY.attemptSpacingMs);
          }
          last = lastAttemptAt;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a platform that comes to its senses', () => {
  it('gets every run that is armed to confirmed', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const world = new FlattenWorld();
        for (const step of moves) play(world, step);
        fc.pre(!isEnded(world.run));
        world.feed({ kind: 'linkUp' });
        for (let second = 0; second < 60 && !isEnded(world.run); second += 1) {
          world.accept();
          if (world.run.read !== null) world.answerRead(looks([]));
          world.pass(1_000);
        }
        expect(world.run.stage).toBe('confirmed');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a crash after any record', () => {
  it('leaves a run that is ended, or waits in alarm for the link with fresh command ids', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), fc.nat(), (moves, cut) => {
        const world = new FlattenWorld();
        for (const step of moves) play(world, step);
        const kept = world.records.slice(0, 1 + (cut % world.records.length));
        const later = world.sleep(5_000).stamp();
        const [run] = recoverFlattens(kept, later);
        if (run === undefined) throw new Error('The run is gone');
        const confirmed = kept.some((record) => record.kind === 'flatten.confirmed');
        expect(run.stage === 'confirmed').toBe(confirmed);
        if (isEnded(run)) return;
        expect(run).toMatchObject({ stage: 'waiting', alarm: 'LINK_DOWN', armed: true });
        expect(run.commandPrefix).not.toBe(world.run.commandPrefix);
      }),
      { numRuns: 500 },
    );
  });

  it('recovers the same run from the same records', () => {
    const world = new FlattenWorld().accept().answerRead(looks([])).pass(10_000);
    world.answerRead(looks([]));
    const [run] = recoverFlattens(world.records, world.stamp());
    expect(run).toMatchObject({ stage: 'confirmed', proof: world.run.proof });
  });
});
