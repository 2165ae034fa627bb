import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer, type WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBridge, BRIDGE_CONFIG } from '../bridge/bridge.ts';
import { createPairingStore } from '../bridge/pairing.ts';
import { SystemClock } from '../platform/system-clock.ts';
import { UuidIds } from '../platform/uuid-ids.ts';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import { decodeAddonEvent, decodeClientHandshake } from '../../shared/protocol/codec.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

let folder: string;
const endings: (() => unknown)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the simulator as its own process, as the shell and the headless command do. */
function startProcess(...words: string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    [MAIN, '--pairing', join(folder, 'pairing.json'), '--history-minutes', '5', ...words],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  endings.push(() => child.kill('SIGKILL'));
  return child;
}

/** Ends a process that should have ended by itself; that it is gone already is what the test is about. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ESRCH');
  }
}

/** Collects what a stream says and waits for words in it. */
function reader(child: ChildProcess, name: 'stdout' | 'stderr' = 'stdout') {
  let text = '';
  const stream = child[name];
  stream?.setEncoding('utf8');
  const changed: (() => void)[] = [];
  stream?.on('data', (more: string) => {
    text += more;
    for (const wake of changed.splice(0)) wake();
  });
  return async (words: string): Promise<string> => {
    while (!text.includes(words)) await new Promise<void>((wake) => changed.push(wake));
    return text;
  };
}

/** A server that does the app's part of the handshake by hand, right or wrong. */
class HandServer {
  readonly key = randomBytes(32);
  readonly server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/bridge/v1' });
  readonly events: AddonEvent[] = [];
  readonly hellos: { origin: string | undefined; instanceId: string }[] = [];
  spoilProof = false;
  socket: WebSocket | null = null;
  #waiting: (() => void)[] = [];

  async start(): Promise<void> {
    endings.push(() => this.stop());
    await once(this.server, 'listening');
    const { port } = this.server.address() as AddressInfo;
    const pairing = {
      v: 1,
      host: '127.0.0.1',
      port,
      key: this.key.toString('base64'),
      createdAt: 1,
    };
    writeFileSync(join(folder, 'pairing.json'), JSON.stringify(pairing), { mode: 0o600 });
    this.server.on('connection', (socket, request) => this.#serve(socket, request.headers.origin));
  }

  stop(): void {
    for (const client of this.server.clients) client.terminate();
    this.server.close();
  }

  async until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((wake) => this.#waiting.push(wake));
  }

  send(type: string, payload: object, seq = 0): void {
    this.socket?.send(JSON.stringify({ v: 1, id: `${type}-${seq}`, seq, ts: 1, type, payload }));
  }

  #serve(socket: WebSocket, origin: string | undefined): void {
    this.socket = socket;
    let proofs = { client: '', instanceId: '', nonce: '' };
    let isWelcome = false;
    const prove = (role: string): string =>
      createHmac('sha256', this.key)
        .update(`enigma-apex/1/${role}\n${proofs.client}\n${proofs.nonce}\n${proofs.instanceId}`)
        .digest('base64');
    socket.on('message', (data: Buffer) => {
      const frame = data.toString('utf8');
      if (isWelcome) {
        const decoded = decodeAddonEvent(frame);
        if (!decoded.ok) throw new Error(JSON.stringify(decoded.error));
        this.events.push(decoded.value);
      } else {
        const decoded = decodeClientHandshake(frame);
        if (!decoded.ok) throw new Error(JSON.stringify(decoded.error));
        const message = decoded.value;
        if (message.type === 'hello') {
          const { clientNonce, instanceId } = message.payload;
          this.hellos.push({ origin, instanceId });
          proofs = { client: clientNonce, instanceId, nonce: randomBytes(32).toString('base64') };
          const serverProof = prove(this.spoilProof ? 'client' : 'server');
          this.send('challenge', { serverNonce: proofs.nonce, serverProof });
        } else {
          expect(message.payload.clientProof).toBe(prove('client'));
          isWelcome = true;
          this.send('welcome', { sessionId: 's', heartbeatMs: 100, staleMs: 300, deadMs: 60_000 });
        }
      }
      for (const wake of this.#waiting.splice(0)) wake();
    });
    socket.on('close', () => {
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }
}

describe('the simulator as a process', () => {
  it('pairs, tells everything, beats, and leaves with a goodbye on SIGTERM', async () => {
    const server = new HandServer();
    await server.start();
    const child = startProcess();
    await server.until(() => server.events.some((event) => event.type === 'heartbeat'));
    expect(server.hellos[0]?.origin).toBeUndefined();
    expect(server.events[0]).toMatchObject({ type: 'snapshot', seq: 1 });
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(server.events.at(-1)).toMatchObject({ type: 'goodbye' });
  });

  it('tells nothing to a server that cannot prove the key', async () => {
    const server = new HandServer();
    server.spoilProof = true;
    await server.start();
    const said = reader(startProcess());
    await said('does not know the pairing key');
    expect(server.events).toEqual([]);
    expect(server.hellos).toHaveLength(1);
  });

  it('waits for the pairing file and comes back after a lost connection as the same instance', async () => {
    const child = startProcess();
    await reader(child)('cannot be read');
    const server = new HandServer();
    await server.start();
    await server.until(() => server.events.length > 0);
    server.socket?.terminate();
    await server.until(() => server.hellos.length === 2);
    expect(server.hellos[0]?.instanceId).toBe(server.hellos[1]?.instanceId);
  });

  it('crashes and returns as another instance by its fault script', async () => {
    const faults = join(folder, 'faults.json');
    const script = { v: 1, faults: [{ kind: 'crash', atMs: 300, forMs: 200 }] };
    writeFileSync(faults, JSON.stringify(script));
    const server = new HandServer();
    await server.start();
    startProcess('--faults', faults);
    await server.until(() => server.hellos.length === 2);
    expect(server.hellos[0]?.instanceId).not.toBe(server.hellos[1]?.instanceId);
  });

  it('ends with one sentence and code 2 when it cannot start', async () => {
    const bad = join(folder, 'es-201312-x.csv');
    writeFileSync(bad, 'utc,price,size\n2013-10-08T00:00:00.000Z,1667.4,1\n');
    const child = startProcess('--market', bad);
    const said = reader(child, 'stderr');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(2);
    expect(await said('line 2')).toBe(
      `${bad}, line 2: price 1667.4 is not a multiple of ES 12-13's tick.\n`,
    );
  });

  it('ends when its parent is gone', async () => {
    const server = new HandServer();
    await server.start();
    const script = `
      const { spawn } = require('node:child_process');
      const words = ${JSON.stringify([MAIN, '--pairing', join(folder, 'pairing.json')])};
      const child = spawn(process.execPath, words, { stdio: 'ignore', detached: true });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    endings.push(() => endProcess(Number(pid.toString())));
    await server.until(() => server.events.length > 0);
    parent.kill('SIGKILL');
    await server.until(() => server.events.some((event) => event.type === 'goodbye'));
  });

  it('leaves nothing out of a flood', async () => {
    const server = new HandServer();
    await server.start();
    startProcess('--flood', '2000', '--accounts', '5');
    await server.until(() => server.events.length >= 4_000);
    const numbers = server.events.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });
});

describe('against the bridge itself', () => {
  it('trades, flattens and keeps a ledger that agrees with what the app was told', async () => {
    const clock = new SystemClock();
    const facts: Fact[] = [];
    let wake: () => void = () => undefined;
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const bridge = createBridge({
      clock,
      timers: clock,
      ids: new UuidIds(),
      log: silent,
      config: { ...BRIDGE_CONFIG, port: 0 },
      pairing: createPairingStore(join(folder, 'pairing.json'), clock),
      durableSeq: () => 0,
      listener: {
        onFact: (fact) => {
          facts.push(fact);
          wake();
        },
        onStatus: () => undefined,
      },
    });
    endings.push(() => bridge.stop());
    expect((await bridge.start()).ok).toBe(true);
    const ledger = join(folder, 'ledger.jsonl');
    const child = startProcess('--flood', '2000', '--accounts', '3', '--ledger', ledger);
    const until = async (is: () => boolean): Promise<void> => {
      while (!is()) await new Promise<void>((resolve) => (wake = resolve));
    };
    const executions = () => facts.filter((fact) => fact.kind === 'execution.reported');
    await until(() => executions().length > 30);
    const scope = { kind: 'all' } as const;
    const sent = bridge.send({
      kind: 'flatten',
      commandId: 'f1',
      scope,
      attempt: 1,
      method: 'market',
      holdEntriesMs: 60_000,
    });
    expect(sent.ok).toBe(true);
    await until(() => facts.some((fact) => fact.kind === 'command.finished'));
    expect(facts.find((fact) => fact.kind === 'command.finished')).toMatchObject({
      commandId: 'f1',
      outcome: 'done',
    });
    child.kill('SIGTERM');
    await once(child, 'exit');
    const lines = readFileSync(ledger, 'utf8').trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const booked = entries.filter((entry) => entry['kind'] === 'fill');
    expect(executions().map((fact) => fact.execution.id)).toEqual(
      booked.map((entry) => entry['executionId']),
    );
    expect(entries.filter((entry) => entry['kind'] === 'account')).toHaveLength(3);
    expect(facts.some((fact) => fact.kind === 'link.refused')).toBe(false);
  });
});
