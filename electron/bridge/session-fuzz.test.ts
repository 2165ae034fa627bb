import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';
import { anyAddonEvent } from '../../shared/testing/arbitraries.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { SeqIds } from '../../shared/testing/seq-ids.ts';
import { HEARTBEAT_POLICY } from './heartbeat.ts';
import { InstrumentTable } from './instrument-table.ts';
import { Session } from './session.ts';
import { helloPayload } from './testing/wire-client.ts';
import * as sample from './testing/wire-samples.ts';
import { newNonce } from './proof.ts';

const ES = 'ES 12-26';

/** A session without a socket, so that thousands of frames take seconds. */
function openSession() {
  const clock = new FakeClock();
  const facts: Fact[] = [];
  const closes: number[] = [];
  const instruments = new InstrumentTable();
  instruments.learn(sample.instrument(ES));
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const session = new Session(
    {
      connection: {
        guest: { stage: 2, dismiss: () => undefined },
        bufferedBytes: 0,
        send: () => undefined,
        close: (code) => closes.push(code),
        admit: () => undefined,
      },
      hello: helloPayload({ clientNonce: newNonce() }),
      sessionId: 'sess-1',
    },
    {
      clock,
      ids: new SeqIds(),
      log: quiet,
      heartbeat: HEARTBEAT_POLICY,
      sendBufferBytes: 1_048_576,
      instruments,
      counters: { messages: 0, gaps: 0, refused: 0, repeats: 0 },
      emit: (fact) => facts.push(fact),
      durableSeq: () => 0,
      dismiss: () => undefined,
      onEnded: () => undefined,
    },
  );
  return { session, facts, closes, clock };
}

/** Lets the contract be a known one, or nothing in the message would be priced. */
function priced(event: AddonEvent): object {
  const payload: object = event.payload;
  return { ...event, payload: 'instrument' in payload ? { ...payload, instrument: ES } : payload };
}

const wild = fc.oneof(
  { weight: 6, arbitrary: anyAddonEvent().map((event) => JSON.stringify(priced(event))) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyAddonEvent(), fc.nat(), fc.nat({ max: 9 }), fc.string({ maxLength: 5 }))
      .map(([event, at, cut, put]) => {
        const text = JSON.stringify(priced(event));
        const from = at % text.length;
        return text.slice(0, from) + put + text.slice(from + cut);
      }),
  },
  { weight: 1, arbitrary: fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array(), fc.json()) },
);

describe('a session under arbitrary frames', () => {
  it('never throws, lets no float through and says nothing after it ended', () => {
    fc.assert(
      fc.property(fc.array(wild, { minLength: 10, maxLength: 60 }), (frames) => {
        const { session, facts, closes, clock } = openSession();
        for (const [at, frame] of frames.entries()) {
          session.onFrame(frame);
          clock.advance(at % 5 === 0 ? 1_000 : 1);
          session.tick(clock.mono());
        }
        facts.forEach(expectNoFloat);
        const lost = facts.findIndex((fact) => fact.kind === 'link.lost');
        if (lost >= 0) expect(facts).toHaveLength(lost + 1);
        expect(closes.length).toBe(lost >= 0 ? 1 : 0);
      }),
      { numRuns: 600 },
    );
  });

  it('delivers each number at most once, whatever order and repeats come', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 100 });
    fc.assert(
      fc.property(arrivals, (seqs) => {
        const { session, facts } = openSession();
        for (const seq of seqs) {
          const payload = sample.execution({ executionId: `e${seq}` });
          const envelope = { v: 1, id: `m${seq}`, seq, ts: 1, type: 'execution', payload };
          session.onFrame(JSON.stringify(envelope));
        }
        const delivered = facts.flatMap((fact) =>
          fact.kind === 'execution.reported' ? [fact.seq] : [],
        );
        expect(delivered).toEqual([...new Set(seqs)]);
      }),
    );
  });
});

function expectNoFloat(value: unknown): void {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) expect.fail(`${value} got through`);
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(expectNoFloat);
  }
}
