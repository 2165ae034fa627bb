import { WebSocketServer } from 'ws';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HOST_VARIABLE } from '../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { run } from '../bootstrap/child-process.mjs';
import { act, ES, FEED, kindsOf, play, ProbeHosts, told } from './testing/probe-host.ts';

const hosts = new ProbeHosts();
afterEach(() => hosts.clear());
afterEach(() => void vi.unstubAllEnvs());

describe('the life-cycle in the stand-in', () => {
  it('builds instances that are thrown away, and one that stays', async () => {
    const host = await hosts.launch();
    await host.do('throwAway');
    await host.do('start', { windows: 3 });
    expect(told(host, 'state')).toEqual([
      'SetDefaults',
      'Terminated',
      'SetDefaults',
      'Configure',
      'Active',
    ]);
    expect(told(host, 'window')).toEqual(['ControlCenter', 'Window', 'Window']);
  });

  it('tells a new subscriber every status before the subscription returns', async () => {
    const host = await hosts.launch();
    await host.do('connect', FEED);
    await host.do('start');
    const known = 'connection Simulated Data Feed Connecting>Connected NoError';
    expect(host.output.indexOf(known)).toBeGreaterThan(0);
    expect(host.output.indexOf(known)).toBeLessThan(host.output.indexOf('subscribed'));
  });

  it('begins with special and stale accounts, and shows others once they are connected', async () => {
    const host = await hosts.launch();
    await host.do('addConnection', { connection: 'R' });
    await host.do('addAccount', { account: 'APEX-1', connection: 'R' });
    await host.do('start');
    expect(told(host, 'accounts')).toEqual([
      'Backtest:Disconnected,DEMO0000001:Disconnected,Sim101:Disconnected,Playback101:Disconnected',
    ]);
    await host.do('connect', { connection: 'R' });
    expect(told(host, 'account')).toEqual(['APEX-1 Connected']);
    await host.do('loseConnection', { connection: 'R' });
    expect(told(host, 'connection').at(-1)).toBe('R Connected>ConnectionLost Panic');
  });

  it('replaces the AddOn by another copy that knows nothing of the first', async () => {
    const host = await hosts.trading();
    const left = await host.hotReload();
    expect(left.handlersLeft).toEqual([]);
    await play(host, ['submit', { ...ES, action: 'Buy', name: 'A' }]);
    expect(told(host, 'execution')).toHaveLength(1);
    expect(kindsOf(host)).toEqual([]);
  });

  it('notices handlers that a terminated AddOn has left', async () => {
    const host = await hosts.trading({ words: ['leak'] });
    expect((await host.terminate()).handlersLeft).toEqual(['Connection.ConnectionStatusUpdate']);
    expect(kindsOf(host)).toEqual(['handlerLeft']);
  });
});

describe('what an AddOn may not do', () => {
  it('is to read a live collection without its lock: it throws at once', async () => {
    const host = await hosts.launch({ words: ['readUnlocked'] });
    await host.do('start');
    expect(told(host, 'thrown')).toHaveLength(1);
    expect(kindsOf(host)).toEqual(['unlockedRead']);
  });

  it.each([
    ['submitUnderLock', ['Account.Submit while holding Orders of Sim101']],
    [
      'subscribeUnderLock',
      [
        '+= on Account.OrderUpdate while holding Account.All',
        '-= on Account.OrderUpdate while holding Account.All',
      ],
    ],
  ])('is to %s', async (word, details) => {
    const host = await hosts.launch({ words: [word] });
    await host.do('connect', FEED);
    await host.do('start');
    expect(host.violations.map(({ detail }) => detail)).toEqual(details);
  });

  it('is to hold the thread that tells it something', async () => {
    const host = await hosts.trading({ words: ['slow'] });
    await play(host, ['submit', { ...ES, action: 'Buy', type: 'Limit', limit: 5990 }]);
    const timing = (await host.handlers()).find(
      ({ handler }) => handler === 'Account.OrderUpdate > OnOrder',
    );
    expect(timing).toMatchObject({ count: 3 });
    expect((timing?.slow ?? 0) + (timing?.excused ?? 0)).toBe(3);
  });

  it('is to wait, while it submits, for a handler that waits for it', async () => {
    const host = await hosts.trading({ words: ['takeGate'] });
    await host.do('setFault', { account: ES.account, eventsInsideSubmit: true });
    await act(host, 'submitHolding');
    expect(kindsOf(host)).toContain('heldInSubmit');
    expect(kindsOf(host)).toContain('slowHandler');
  });

  it('is to throw at the platform', async () => {
    const host = await hosts.trading({ words: ['throw'] });
    await play(host, ['submit', { ...ES, action: 'Buy', type: 'Limit', limit: 5990 }]);
    expect(new Set(kindsOf(host))).toEqual(new Set(['handlerThrew']));
  });

  it('is to take off a market handler that was never there', async () => {
    const host = await hosts.trading({ words: ['leaveStranger'] });
    await host.terminate();
    expect(kindsOf(host)).toEqual(['removedStranger']);
  });

  it('is to send while a send is outstanding, or to set a header that .NET Framework keeps for itself', async () => {
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      maxPayload: 128 * 1024 * 1024,
    });
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const host = await hosts.trading();
      await act(host, `socket ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      expect(host.output).toEqual(
        expect.arrayContaining(['header refused', 'second send InvalidOperationException', 'sent']),
      );
      expect(kindsOf(host)).toEqual(['restrictedHeader', 'overlappingCall']);
    } finally {
      server.close();
    }
  });
});

describe('market data in the stand-in', () => {
  it('is nothing until seen, and begins with a placeholder', async () => {
    const host = await hosts.launch({ words: ['quotes'] });
    await host.do('start');
    await host.settle();
    expect(told(host, 'known')).toEqual(['nothing']);
    await play(
      host,
      ['setPrice', { instrument: ES.instrument, last: 6000 }],
      ['resetMarket', { instrument: ES.instrument }],
    );
    expect(told(host, 'quote')).toEqual([
      'Last 0 reset=False',
      'Bid 5999.75 reset=False',
      'Ask 6000 reset=False',
      'Last 6000 reset=False',
      'Last 0 reset=True',
    ]);
  });

  it('is told to a new subscriber as far as it is known', async () => {
    const host = await hosts.launch({ words: ['quotes'] });
    await play(host, ['setPrice', { instrument: ES.instrument, last: 6000 }], ['start', {}]);
    expect(told(host, 'known')).toEqual(['last']);
    expect(told(host, 'quote').slice(0, 4)).toEqual([
      'Last 0 reset=False',
      'Bid 5999.75 reset=False',
      'Ask 6000 reset=False',
      'Last 6000 reset=False',
    ]);
  });

  it('has minutes to ask for', async () => {
    const host = await hosts.trading();
    await act(host, 'bars');
    expect(told(host, 'bars')).toEqual(['3 NoError']);
  });

  it('is the same for the same seed', async () => {
    const prices = async (): Promise<readonly string[]> => {
      const host = await hosts.trading({ words: ['quotes'] });
      await host.do('ticks', {
        instrument: ES.instrument,
        perSecond: 1000,
        seconds: 0.05,
        seed: 7,
      });
      await host.settle();
      return told(host, 'quote');
    };
    const first = await prices();
    expect(first.length).toBeGreaterThan(100);
    expect(await prices()).toEqual(first);
  });
});

describe('time and culture in the stand-in', () => {
  it('are in the configured zone, of no kind', async () => {
    const host = await hosts.trading({ zone: 'Asia/Tokyo' });
    await play(host, ['submit', { ...ES, action: 'Buy' }]);
    const { fills } = await host.books(ES.account);
    const [execution] = await host.executions(ES.account);
    expect(Date.parse(`${execution?.time ?? ''}+09:00`)).toBe(fills[0]?.utcMs);
  });

  it('can be set to another moment', async () => {
    const host = await hosts.trading({ zone: 'UTC' });
    const now = Date.now();
    await host.do('setNow', { offsetMs: Date.UTC(2027, 2, 14, 7) - now });
    await play(host, ['submit', { ...ES, action: 'Buy' }]);
    expect(told(host, 'execution')[0]).toContain('2027-03-14T07:0');
  });

  it('do not change what the host writes', async () => {
    const host = await hosts.trading();
    await host.do('setCulture', { culture: 'de-DE' });
    await play(host, ['submit', { ...ES, action: 'Buy', type: 'Limit', limit: 5990.25 }]);
    expect((await host.books(ES.account)).liveOrders[0]?.limit).toBe(5990.25);
  });
});

describe('the host', () => {
  it('says how it is made when it was not', async () => {
    vi.stubEnv(HOST_VARIABLE, undefined);
    await expect(hosts.launch()).rejects.toThrow('run this through "npm run test:unit"');
  });

  it('goes on while a dialog holds its windows', async () => {
    const host = await hosts.trading();
    await host.do('holdWindows', { ms: 60_000 });
    await host.submit({ ...ES, action: 'Buy' });
    await host.until(() => told(host, 'execution').length === 1);
  });

  it.each([
    ['dance', {}, 'there is no step "dance"'],
    ['setFault', { account: 'Sim101', gravity: 1 }, 'there is no fault "gravity"'],
    ['books', { account: 'Sim999' }, 'there is no account "Sim999"'],
    ['setPrice', { instrument: 'ES 11-26', last: 1 }, 'there is no instrument "ES 11-26"'],
    ['setTimeZone', { zone: 'Mars/Base' }, 'there is no time zone "Mars/Base"'],
  ])('says what is wrong with %s', async (step, given, sentence) => {
    const host = await hosts.launch();
    await expect(host.do(step, given)).rejects.toThrow(sentence);
  });

  it('plays a scenario from a file, step by step, and ends with 1 when one fails', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
    const file = join(folder, 'scenario.json');
    const buy = { do: 'submit', ...ES, action: 'Buy' };
    const steps = [
      { do: 'connect', ...FEED },
      { do: 'setPrice', ...ES, last: 6000 },
      buy,
      { do: 'settle' },
      { do: 'books', ...ES },
    ];
    writeFileSync(file, JSON.stringify({ steps: [...steps, { atMs: 50, do: 'dance' }] }));
    const host = process.env[HOST_VARIABLE] ?? '';
    const ended = await run('mono', [host, '--user-data', folder, '--scenario', file]);
    rmSync(folder, { recursive: true });
    const lines = ended.output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(ended.code).toBe(1);
    expect(lines.at(-2)).toMatchObject({ ok: true, positions: [{ quantity: 1 }] });
    expect(lines.at(-1)).toMatchObject({ ok: false, error: 'there is no step "dance"' });
  });

  it('leaves when nobody speaks to it any more, and says so to who still does', async () => {
    const host = await hosts.launch();
    await host.stop();
    await expect(host.do('books')).rejects.toThrow('The NinjaTrader host has ended');
  });
});
