import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log, LogFields } from '../../../shared/kernel/log.ts';
import type { Fact, FactKind } from '../../../shared/domain/desk/fact.ts';
import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { SeqIds } from '../../../shared/testing/seq-ids.ts';
import type { LinkStatus } from '../../engine/ports.ts';
import { BRIDGE_CONFIG, createBridge, type Bridge, type BridgeConfig } from '../bridge.ts';
import { createPairingStore } from '../pairing.ts';
import { WireClient, type WireClientOptions } from './wire-client.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
}

/** A running bridge on a port of its own, with everything it said. */
export class BridgeFixture {
  readonly clock: FakeClock;
  readonly facts: Fact[] = [];
  readonly statuses: LinkStatus[] = [];
  readonly lines: LogLine[] = [];
  readonly pairingFile: string;
  readonly bridge: Bridge;
  readonly #folder: string;
  readonly #clients: WireClient[] = [];
  #wake: (() => void)[] = [];
  port = 0;
  key: Uint8Array = new Uint8Array();

  constructor(config: Partial<BridgeConfig> = {}) {
    this.clock = new FakeClock();
    this.#folder = mkdtempSync(join(tmpdir(), 'bridge-'));
    this.pairingFile = join(this.#folder, 'pairing.json');
    this.bridge = createBridge({
      clock: this.clock,
      timers: this.clock,
      ids: new SeqIds(),
      log: this.#log(),
      config: { ...BRIDGE_CONFIG, port: 0, ...config },
      pairing: createPairingStore(this.pairingFile, this.clock),
      durableSeq: () => 0,
      listener: {
        onFact: (fact) => {
          this.facts.push(fact);
          this.#wakeAll();
        },
        onStatus: (status) => {
          this.statuses.push(status);
          this.#wakeAll();
        },
      },
    });
  }

  static async started(config: Partial<BridgeConfig> = {}): Promise<BridgeFixture> {
    const fixture = new BridgeFixture(config);
    const started = await fixture.bridge.start();
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    fixture.port = started.value.port;
    fixture.key = fixture.readKey();
    return fixture;
  }

  readKey(): Uint8Array {
    const { key } = JSON.parse(readFileSync(this.pairingFile, 'utf8')) as { key: string };
    return Buffer.from(key, 'base64');
  }

  connect(options: Omit<WireClientOptions, 'port'> = {}): WireClient {
    const client = new WireClient({ port: this.port, ...options });
    this.#clients.push(client);
    return client;
  }

  async join(instanceId?: string): Promise<WireClient> {
    return this.connect().join(this.key, instanceId);
  }

  /** Resolves with the `nth` fact of the kind, past or future. */
  async fact<K extends FactKind>(kind: K, nth = 1): Promise<Extract<Fact, { kind: K }>> {
    for (;;) {
      const found = this.factsOf(kind)[nth - 1];
      if (found !== undefined) return found;
      await this.#next();
    }
  }

  factsOf<K extends FactKind>(kind: K): Extract<Fact, { kind: K }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  }

  async status(fits: (status: LinkStatus) => boolean): Promise<LinkStatus> {
    for (;;) {
      const found = this.statuses.find(fits);
      if (found !== undefined) return found;
      await this.#next();
    }
  }

  async dispose(): Promise<void> {
    for (const client of this.#clients) client.ws.terminate();
    await this.bridge.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #next(): Promise<void> {
    await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #log(): Log {
    const write =
      (level: LogLine['level']) =>
      (event: string, fields: LogFields = {}) => {
        this.lines.push({ level, event, fields });
      };
    return { info: write('info'), warn: write('warn'), error: write('error') };
  }
}
