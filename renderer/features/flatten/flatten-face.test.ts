import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten, SCENE } from '../../bridge/fake/view-parts.ts';
import { isRunning } from '../../state/selectors.ts';
import { flattenFace, type FaceInput } from './flatten-face.ts';

const QUIET: FaceInput = {
  run: undefined,
  wider: undefined,
  press: undefined,
  open: { accounts: 0, positions: 0, orders: 0 },
  unseen: 0,
  link: 'connected',
  now: SCENE,
};

const OPEN = { accounts: 1, positions: 1, orders: 0 };

/** The word as a claim: "Flatten", "flattening" and "proven flat" of the past are none. */
const CLAIMS_FLAT = /(?<!Was proven )\bflat\b/i;

const state = fc.constantFrom(
  'requested' as const,
  'sent' as const,
  'accepted' as const,
  'verifying' as const,
  'confirmed' as const,
  'unresolved' as const,
  'refused' as const,
  'disarmed' as const,
);
const run = fc
  .record({
    state,
    presses: fc.integer({ min: 1, max: 30 }),
    armed: fc.boolean(),
    verifiesAt: fc.option(fc.integer({ min: SCENE - 20_000, max: SCENE + 20_000 })),
    changedAt: fc.integer({ min: SCENE - 20_000, max: SCENE }),
    requestedAt: fc.integer({ min: SCENE - 20_000, max: SCENE }),
  })
  .map((more) => flatten('flat-1', more));
const input = fc.record({
  run: fc.option(run, { nil: undefined }),
  wider: fc.option(run, { nil: undefined }).map((one) => (one && isRunning(one) ? one : undefined)),
  press: fc.option(
    fc.record({
      at: fc.integer({ min: SCENE - 30_000, max: SCENE }),
      count: fc.integer({ min: 1, max: 9 }),
      answer: fc.constantFrom(
        null,
        { ok: true as const, flattenId: 'flat-1' },
        { ok: true as const, flattenId: 'flat-2' },
        { ok: false as const, error: { code: 'INTERNAL' as const, message: 'No.' } },
      ),
    }),
    { nil: undefined },
  ),
  open: fc.record({ accounts: fc.nat(3), positions: fc.nat(3), orders: fc.nat(3) }),
  unseen: fc.nat(3),
  link: fc.constantFrom(
    null,
    'starting' as const,
    'waiting' as const,
    'connected' as const,
    'stale' as const,
    'lost' as const,
    'failed' as const,
  ),
  now: fc.constant(SCENE),
});

describe('the flatten control', () => {
  it('says flat only when that was proven, nothing is open and everything is seen', () => {
    fc.assert(
      fc.property(input, (given) => {
        const face = flattenFace(given);
        if (!CLAIMS_FLAT.test(`${face.status} ${face.detail}`)) return;
        expect(face.kind).toBe('proven');
        expect(given).toMatchObject({ run: { state: 'confirmed' }, link: 'connected' });
        if (given.unseen > 0)
          expect(face.status).toMatch(/, except \d accounts? that cannot be seen$/);
        expect(given.open).toMatchObject({ positions: 0, orders: 0 });
      }),
      { numRuns: 2_000 },
    );
  });

  it('offers a proof only of a confirmed run', () => {
    fc.assert(
      fc.property(input, (given) => {
        if (flattenFace(given).proofId !== null) expect(given.run?.state).toBe('confirmed');
      }),
    );
  });

  it('says what is open before anything was pressed', () => {
    expect(flattenFace({ ...QUIET, open: { accounts: 2, positions: 3, orders: 1 } }).status).toBe(
      '3 positions, 1 working order in 2 accounts',
    );
  });

  it('says that accounts cannot be seen instead of that nothing is open', () => {
    expect(flattenFace({ ...QUIET, unseen: 2 }).status).toBe(
      'Nothing open was reported; 2 accounts cannot be seen',
    );
  });

  it('counts the presses while it is running', () => {
    const face = flattenFace({ ...QUIET, run: flatten('f', { state: 'accepted', presses: 4 }) });
    expect(face).toMatchObject({ kind: 'running', detail: 'Already flattening (4 presses).' });
  });

  it('counts the watch down and then waits for the last report', () => {
    const watching = flatten('f', {
      state: 'verifying',
      changedAt: SCENE - 4_000,
      verifiesAt: SCENE + 6_000,
    });
    const status = (now: number): string => flattenFace({ ...QUIET, run: watching, now }).status;
    expect(status(SCENE)).toBe('Verifying: no position reported, watching 6 s');
    expect(status(SCENE + 6_500)).toBe(
      'Verifying: no position reported, waiting for the final report',
    );
    expect(flattenFace({ ...QUIET, run: watching }).watched).toBeCloseTo(0.4);
  });

  it('takes the proof back into the past once something is open again', () => {
    const proven = flatten('f', { state: 'confirmed' });
    const face = flattenFace({ ...QUIET, run: proven, open: OPEN });
    expect(face.kind).toBe('ready');
    expect(face.detail).toMatch(/^Was proven flat at .*; opened since\.$/);
  });

  it('takes the proof back into the past once the link is down', () => {
    const proven = flatten('f', { state: 'confirmed' });
    expect(flattenFace({ ...QUIET, run: proven, link: 'lost' }).detail).toMatch(/cannot be seen/);
  });

  it('says when the engine does not answer', () => {
    const press = { at: SCENE - 2_000, count: 1, answer: null };
    expect(flattenFace({ ...QUIET, press }).status).toBe('The engine has not answered yet');
  });

  it('says when the request did not get through, until a run answers it', () => {
    const answer = { ok: false as const, error: { code: 'INTERNAL' as const, message: 'No.' } };
    const press = { at: SCENE - 100, count: 1, answer };
    expect(flattenFace({ ...QUIET, press }).kind).toBe('refused');
    const later = flatten('f', { state: 'sent', requestedAt: SCENE });
    expect(flattenFace({ ...QUIET, press, run: later }).kind).toBe('running');
  });

  it('says whether trying goes on behind an alarm', () => {
    const status = (armed: boolean, link: FaceInput['link']): string =>
      flattenFace({ ...QUIET, link, run: flatten('f', { state: 'unresolved', armed }) }).status;
    expect(status(true, 'connected')).toBe('UNRESOLVED, still trying');
    expect(status(true, 'lost')).toBe('UNRESOLVED, armed');
    expect(status(false, 'connected')).toBe('UNRESOLVED, no longer trying');
  });

  it('shows a wider run as a part of it', () => {
    const wider = flatten('f', { state: 'sent' });
    if (!isRunning(wider)) throw new Error('A sent flatten is running.');
    expect(flattenFace({ ...QUIET, wider })).toMatchObject({ kind: 'running', isPart: true });
  });
});
