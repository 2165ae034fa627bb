import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  HOST_VARIABLE,
  NinjaTraderHost,
  type StepArguments,
} from '../../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { checkout } from '../../bootstrap/checkout.ts';
import { compiledAddOn } from '../compile.ts';

const PROBE = join(checkout, 'build/ninjatrader-host/testing/probe.cs');

export const FEED = { connection: 'Simulated Data Feed' };
export const ES = { account: 'Sim101', instrument: 'ES 12-26' };

export interface ProbeTerms {
  /** What the probe does wrong, or does besides; its own source knows the words. */
  readonly words?: readonly string[];
  readonly zone?: string;
}

/** Hosts with the probe loaded, started as a test asks and cleared away after it. */
export class ProbeHosts {
  readonly #folders: string[] = [];
  readonly #hosts: NinjaTraderHost[] = [];

  async launch({ words = [], zone }: ProbeTerms = {}): Promise<NinjaTraderHost> {
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
    say(host, words);
    return host;
  }

  /** The same with the simulated feed connected, a price, and the probe running; what came before is forgotten. */
  async trading(terms: ProbeTerms = {}): Promise<NinjaTraderHost> {
    const host = await this.launch(terms);
    await host.do('connect', FEED);
    await host.do('setPrice', { instrument: ES.instrument, last: 6000 });
    await host.do('start');
    await host.settle();
    host.output.splice(0);
    return host;
  }

  async clear(): Promise<void> {
    for (const host of this.#hosts.splice(0)) await host.stop();
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets the probe do something: it looks for its words whenever a window opens. */
export async function act(host: NinjaTraderHost, word: string): Promise<void> {
  say(host, [`do ${word}`]);
  await host.do('openWindow');
  await host.settle();
}

/** Carries out the steps one after the other, and waits until nothing moves any more. */
export async function play(
  host: NinjaTraderHost,
  ...steps: readonly (readonly [string, StepArguments])[]
): Promise<void> {
  for (const [step, given] of steps) await host.do(step, given);
  await host.settle();
}

/** The probe's lines that begin with a word, without it. */
export function told(host: NinjaTraderHost, word: string): readonly string[] {
  return host.output
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.slice(word.length + 1));
}

/** The states that the orders of a name went through. */
export function statesOf(host: NinjaTraderHost, name: string): readonly string[] {
  return told(host, 'order')
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.split(' ')[1] ?? '');
}

export function kindsOf(host: NinjaTraderHost): readonly string[] {
  return host.violations.map(({ kind }) => kind);
}

function say(host: NinjaTraderHost, words: readonly string[]): void {
  writeFileSync(join(host.folders.userData, 'probe.txt'), words.join('\n'));
}
