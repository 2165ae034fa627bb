import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ok } from '../../shared/kernel/result.ts';
import { CALL_KEYS, isCallKey, isPushKey, PUSH_KEYS } from '../../shared/protocol/ipc/channels.ts';
import { ipcContract, type IpcReply } from '../../shared/protocol/ipc/contract.ts';
import { deskView } from '../../shared/testing/desk-views.ts';
import { createGate, type Handlers, type Sender } from './gate.ts';
import { createHandlers } from './handlers.ts';
import { MAX_REQUEST_BYTES } from './payload-size.ts';

const ours: Sender = { isMainFrame: true, isOurPage: true, isOurWindow: true };
const settings = {
  theme: 'dark' as const,
  flattenShortcut: null,
  bridgePort: 8765,
  closeToTrayExplained: true,
};

const NOT_TAKEN = { outcome: 'refused', from: null, message: '' } as const;

function desk() {
  const flattens: unknown[] = [];
  const logged: string[] = [];
  const note = (event: string): void => void logged.push(event);
  const handlers = createHandlers({
    desk: {
      view: () => deskView(),
      onPatch: () => () => undefined,
      flatten: (scope, door) => {
        flattens.push({ scope, door });
        return { flattenId: 'flat-1', outcome: 'started' };
      },
      disarm: () => true,
      proof: () => null,
      chart: (instrument) => ({ instrument, bars: [], fills: [] }),
      risk: {
        templates: () => ({ firms: [], problems: [] }),
        assign: () => NOT_TAKEN,
        settings: () => NOT_TAKEN,
        unlock: () => NOT_TAKEN,
        record: () => NOT_TAKEN,
        whatIf: () => ({
          ...{ loss: null, room: null, left: null, ownLeft: null, maxContracts: null },
          ...{ binding: null, bindingTitle: '', outcome: 'unknown', message: '' },
        }),
        equity: ({ account }) => ({ account, day: null, points: [] }),
        timeline: ({ account }) => ({ account, day: null, moments: [] }),
        ownRules: ({ account }) => ({ account, rules: [], waiting: null }),
        chooseOwnRules: () => NOT_TAKEN,
        importDays: () => NOT_TAKEN,
        news: () => ({ importedAt: null, releases: 0, first: null, last: null, doubt: '' }),
        importNews: () => NOT_TAKEN,
      },
    },
    settings: { read: () => settings, change: () => settings },
    shortcut: {
      view: { accelerator: null, state: 'off' },
      use: () => ({ accelerator: null, state: 'off' }),
    },
    files: { pick: () => Promise.resolve(ok(null)) },
    about: {
      version: '0',
      electron: '0',
      platform: 'test',
      demo: false,
      dataFolder: '',
      pairingFile: '',
    },
  });
  const log = { info: note, warn: note, error: note };
  const gate = (changed: Partial<Handlers> = {}) => createGate({ ...handlers, ...changed }, log);
  return { flattens, logged, gate };
}

const goodInputs: Record<string, unknown> = {
  'flatten.request': { scope: { kind: 'all' }, door: 'dashboard' },
  'flatten.disarm': { flattenId: 'flat-1' },
  'flatten.proof': { flattenId: 'flat-1' },
  'chart.read': { instrument: 'ES 12-26' },
  'risk.assign': {
    ...{ account: 'Sim101', template: 'acme.50k', level: 'guard', safety: 700, insists: false },
    ...{ start: 'fresh', peak: null, hasDailyLimit: false },
  },
  'risk.settings': {
    ...{ account: 'Sim101', level: 'observe', safety: 500, insists: false, reason: 'x' },
  },
  'risk.unlock': { account: 'Sim101', reason: 'x' },
  'risk.record': { kind: 'payout', account: 'Sim101', amount: 5_000_000 },
  'risk.whatIf': { account: 'Sim101', instrument: 'ES 12-26', quantity: 1, ticks: 8 },
  'risk.equity': { account: 'Sim101' },
  'risk.timeline': { account: 'Sim101' },
  'risk.importDays': { account: 'Sim101' },
  'risk.readOwnRules': { account: 'Sim101' },
  'risk.ownRules': {
    account: 'Sim101',
    rules: [{ id: 'own.trades', title: 'Trades', rule: 'TRADES', params: { max: 5 } }],
    reason: '',
  },
  'settings.change': { theme: 'dark' },
};

test('the list of channels is the contract', () => {
  expect([...CALL_KEYS, ...PUSH_KEYS].sort()).toEqual(Object.keys(ipcContract).sort());
  for (const key of CALL_KEYS) expect(ipcContract[key].direction).toBe('call');
  for (const key of PUSH_KEYS) expect(ipcContract[key].direction).toBe('push');
  for (const key of ['toString', '__proto__', 'constructor', '', 1, null, ['desk.snapshot']]) {
    expect(isCallKey(key) || isPushKey(key)).toBe(false);
  }
});

test('our own page is answered on every channel', async () => {
  for (const key of CALL_KEYS) {
    const reply = await desk().gate()(key, ours, goodInputs[key]);
    expect(reply, key).toMatchObject({ ok: true });
  }
});

test('any other sender is refused before its request is read', async () => {
  for (const flaw of ['isMainFrame', 'isOurPage', 'isOurWindow'] as const) {
    const { gate, flattens } = desk();
    const unread = {
      get scope(): never {
        throw new Error('read');
      },
    };
    for (const raw of [goodInputs['flatten.request'], unread]) {
      expect(await gate()('flatten.request', { ...ours, [flaw]: false }, raw)).toMatchObject({
        ok: false,
        error: { code: 'FORBIDDEN_SENDER' },
      });
    }
    expect(flattens).toEqual([]);
  }
});

test('a field too many is refused', async () => {
  const { gate, flattens } = desk();
  const raw = { scope: { kind: 'all' }, door: 'dashboard', force: true };
  expect(await gate()('flatten.request', ours, raw)).toMatchObject({
    error: { code: 'BAD_INPUT' },
  });
  expect(flattens).toEqual([]);
});

test('a page cannot claim a door that is not in it', async () => {
  for (const door of ['tray', 'shortcut', 'quit', 'recovery']) {
    const reply = await desk().gate()('flatten.request', ours, { scope: { kind: 'all' }, door });
    expect(reply).toMatchObject({ error: { code: 'BAD_INPUT' } });
  }
});

test('a request above the cap is refused unparsed', async () => {
  const raw = { flattenId: 'x'.repeat(MAX_REQUEST_BYTES) };
  expect(await desk().gate()('flatten.proof', ours, raw)).toMatchObject({
    error: { code: 'TOO_LARGE' },
  });
});

test('a flatten runs before the answer is awaited', () => {
  const { gate, flattens } = desk();
  void gate()('flatten.request', ours, goodInputs['flatten.request']);
  expect(flattens).toEqual([{ scope: { kind: 'all' }, door: 'dashboard' }]);
});

test('a handler that throws becomes an error without its words', async () => {
  const { gate, logged } = desk();
  const broken = gate({
    'app.info': () => {
      throw new Error('secret detail');
    },
  });
  const reply = await broken('app.info', ours, undefined);
  expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(JSON.stringify(reply)).not.toContain('secret');
  expect(logged).toContain('ipc.failed');
});

test('an answer that breaks the contract never leaves', async () => {
  const { gate, logged } = desk();
  const loose = { ...deskView(), secret: 1 };
  const broken = gate({ 'desk.snapshot': () => ({ ok: true, value: loose }) });
  const reply = await broken('desk.snapshot', ours, undefined);
  expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(logged).toContain('ipc.badAnswer');
});

test('any payload on any channel gets a typed reply', async () => {
  const { gate } = desk();
  const guarded = gate();
  const payload = fc.oneof(
    fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withDate: true,
    }),
    fc.constantFrom(...Object.values(goodInputs)),
    fc.record({ scope: fc.anything(), door: fc.constantFrom('dashboard', 'tray') }),
  );
  const codes = ['BAD_INPUT', 'TOO_LARGE', 'REFUSED', 'INTERNAL'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CALL_KEYS), payload, async (key, raw) => {
      const reply: IpcReply<unknown> = await guarded(key, ours, raw);
      if (!reply.ok) expect(codes).toContain(reply.error.code);
    }),
    { numRuns: 5_000 },
  );
});
