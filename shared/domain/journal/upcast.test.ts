import { describe, expect, it } from 'vitest';
import { JOURNAL_UPCASTERS, upcast, versionOf, type UpcasterTable } from './upcast.ts';

/** A kind that has come to version 3: a field was renamed, then another was added. */
const TABLE: UpcasterTable = {
  'engine.stopped': [
    ({ why, ...rest }) => ({ ...rest, reason: why }),
    (payload) => ({ ...payload, graceful: true }),
  ],
};

describe('upcasters', () => {
  it.each([
    [1, { why: 'quit' }],
    [2, { reason: 'quit' }],
    [3, { reason: 'quit', graceful: true }],
  ])('bring version %i to the present one', (v, payload) => {
    const entry = upcast({ kind: 'engine.stopped', v, payload }, TABLE);
    expect(entry).toEqual({
      ok: true,
      value: { kind: 'engine.stopped', reason: 'quit', graceful: true },
    });
    expect(versionOf('engine.stopped', TABLE)).toBe(3);
  });

  it('leave unknown what an old record of an ended command did not keep', () => {
    const payload = { commandId: 'c', outcome: 'done', code: '', detail: '' };
    const entry = upcast({ kind: 'command.finished', v: 1, payload });
    expect(entry).toEqual({
      ok: true,
      value: { kind: 'command.finished', ...payload, remaining: null },
    });
  });

  it('take an old row of a gap for one gap', () => {
    const payload = { kind: 'link.gap', from: 7, to: 9 };
    const entry = upcast({ kind: 'link.gap', v: 1, payload });
    expect(entry).toEqual({ ok: true, value: { ...payload, gaps: 1, missing: 3 } });
  });

  it('refuse what they do not know instead of guessing', () => {
    const code = (kind: string, v: number, payload: unknown = {}) => {
      const result = upcast({ kind, v, payload }, TABLE);
      return result.ok ? 'ok' : result.error.code;
    };
    expect(code('engine.stopped', 4)).toBe('NEWER_VERSION');
    expect(code('engine.stopped', 0)).toBe('NEWER_VERSION');
    expect(code('engine.flew', 1)).toBe('UNKNOWN_KIND');
    expect(code('engine.stopped', 3, [])).toBe('BAD_PAYLOAD');
    expect(code('engine.stopped', 3, null)).toBe('BAD_PAYLOAD');
    expect(code('toString', 1)).toBe('UNKNOWN_KIND');
  });

  it('leave the present version of every kind as it is', () => {
    for (const kind of Object.keys(JOURNAL_UPCASTERS)) {
      const entry = upcast({ kind, v: versionOf(kind), payload: { kind, a: 1 } });
      expect(entry).toEqual({ ok: true, value: { kind, a: 1 } });
    }
  });
});
