import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  HOST_VARIABLE,
  NinjaTraderHost,
} from '../../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { checkout } from '../../bootstrap/checkout.ts';
import { compiledAddOn } from '../compile.ts';

const PROBE = join(checkout, 'build/ninjatrader-host/testing/probe.cs');

export interface ProbeTerms {
  /** What the probe does wrong, or does besides; its own source knows the words. */
  readonly vices?: readonly string[];
  readonly zone?: string;
}

/** Hosts with the probe loaded, started as a test asks and cleared away after it. */
export class ProbeHosts {
  readonly #folders: string[] = [];
  readonly #hosts: NinjaTraderHost[] = [];

  async launch({ vices = [], zone }: ProbeTerms = {}): Promise<NinjaTraderHost> {
    const folder = mkdtempSync(join(tmpdir(), 'ninjatrader-'));
    this.#folders.push(folder);
    const compiled = process.env[HOST_VARIABLE];
    const addon = compiled === undefined ? null : await compiledAddOn(dirname(compiled), PROBE);
    const host = await NinjaTraderHost.launch({
      folder,
      addon,
      ...(zone === undefined ? {} : { zone }),
    });
    this.#hosts.push(host);
    writeFileSync(join(host.folders.userData, 'probe.txt'), vices.join('\n'));
    return host;
  }

  /** The same with the simulated feed connected, a price, and the probe running. */
  async trading(terms: ProbeTerms = {}): Promise<NinjaTraderHost> {
    const host = await this.launch(terms);
    await host.do('connect', { connection: 'Simulated Data Feed' });
    await host.do('setPrice', { instrument: 'ES 12-26', last: 6000 });
    await host.do('start');
    await host.settle();
    return host;
  }

  async clear(): Promise<void> {
    for (const host of this.#hosts.splice(0)) await host.stop();
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}
