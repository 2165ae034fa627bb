import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { SystemClock } from '../../../platform/system-clock.ts';
import {
  Answer,
  Books,
  Executions,
  Flooded,
  Handlers,
  HostEvent,
  Memory,
  Settled,
  Shown,
  Submitted,
  Terminated,
  type Violation,
} from './host-answers.ts';
import { LineProcess } from './line-process.ts';

/** Set by `npm run test:unit` and `npm run bench`: the compiled host, and the compiled AddOn. */
export const HOST_VARIABLE = 'ENIGMA_APEX_NINJATRADER_HOST';
export const ADDON_VARIABLE = 'ENIGMA_APEX_NINJATRADER_ADDON';

const ANSWER_WITHIN_MS = 120_000;
const LEAVES_WITHIN_MS = 5_000;

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type StepArguments = Readonly<Record<string, Json>>;

export interface HostTerms {
  /** Empty folder of this run alone: home, user data and the AddOn's own data are below it. */
  readonly folder: string;
  /** The AddOn to load; null runs the platform without one. By default the one that was compiled. */
  readonly addon?: string | null;
  /** NinjaTrader's time zone, New York by default. */
  readonly zone?: string;
}

interface Waiting {
  readonly resolve: (line: Record<string, unknown>) => void;
  readonly reject: (error: Error) => void;
}

/** NinjaTrader's stand-in with the AddOn in it: a process that obeys steps, and tells what the AddOn does wrong. */
export class NinjaTraderHost {
  readonly violations: Violation[] = [];
  /** What the AddOn printed or logged. */
  readonly output: string[] = [];
  readonly folders: { readonly userData: string; readonly pairingFile: string };
  readonly #world = new SystemClock();
  readonly #process: LineProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  readonly #ready = Promise.withResolvers<undefined>();
  #lastId = 0;
  #end: string | null = null;

  private constructor(terms: HostTerms) {
    const addon = terms.addon === undefined ? named(ADDON_VARIABLE) : terms.addon;
    const data = join(terms.folder, 'data');
    this.folders = {
      userData: join(terms.folder, 'NinjaTrader 8'),
      pairingFile: join(data, 'Enigma Apex', 'pairing.json'),
    };
    mkdirSync(join(data, 'Enigma Apex'), { recursive: true });
    mkdirSync(this.folders.userData, { recursive: true });
    this.#process = new LineProcess({
      program: 'mono',
      args: [
        named(HOST_VARIABLE),
        ...['--user-data', this.folders.userData],
        ...(addon === null ? [] : ['--addon', addon]),
        ...(terms.zone === undefined ? [] : ['--zone', terms.zone]),
      ],
      env: { ...process.env, HOME: terms.folder, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data },
      onLine: (line) => this.#onLine(line),
    });
    void this.#process.ended.then((errors) => this.#onEnd(errors));
  }

  /** Gives the host when it is ready for its first step. */
  static async launch(terms: HostTerms): Promise<NinjaTraderHost> {
    const host = new NinjaTraderHost(terms);
    await host.#ready.promise;
    return host;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Carries out one step; fails with the host's own words when it cannot. The steps are in build/ninjatrader-host/README.md. */
  async do(step: string, given: StepArguments = {}): Promise<Record<string, unknown>> {
    if (this.#end !== null) throw new Error(this.#end);
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = Promise.withResolvers<Record<string, unknown>>();
    this.#waiting.set(id, answer);
    const cancel = this.#world.after(ANSWER_WITHIN_MS, () =>
      answer.reject(new Error(`The NinjaTrader host gave no answer to "${step}".`)),
    );
    this.#process.write(JSON.stringify({ ...given, id, do: step }));
    try {
      return await answer.promise;
    } finally {
      cancel();
      this.#waiting.delete(id);
    }
  }

  async books(account: string): Promise<Books> {
    return this.#ask(Books, 'books', { account });
  }

  async shown(account: string): Promise<Shown> {
    return this.#ask(Shown, 'shown', { account });
  }

  async handlers(): Promise<z.infer<typeof Handlers>['handlers']> {
    return (await this.timings()).handlers;
  }

  /** The same with the sum of all. */
  async timings(): Promise<z.infer<typeof Handlers>> {
    return this.#ask(Handlers, 'handlers', {});
  }

  async executions(account: string): Promise<z.infer<typeof Executions>['executions']> {
    return (await this.#ask(Executions, 'executions', { account })).executions;
  }

  async memory(): Promise<z.infer<typeof Memory>> {
    return this.#ask(Memory, 'memory', {});
  }

  /** The trader's or a strategy's own order. @returns its number in the books. */
  async submit(order: StepArguments): Promise<number> {
    return (await this.#ask(Submitted, 'submit', order)).order;
  }

  /** Ends when no thread has anything to do, now or later; false when that does not happen in time. */
  async settle(timeoutMs = 60_000): Promise<boolean> {
    return (await this.#ask(Settled, 'settle', { timeoutMs })).settled;
  }

  async flood(given: StepArguments): Promise<z.infer<typeof Flooded>> {
    return this.#ask(Flooded, 'flood', given);
  }

  async terminate(): Promise<z.infer<typeof Terminated>> {
    return this.#ask(Terminated, 'terminate', {});
  }

  async hotReload(gapMs = 30): Promise<z.infer<typeof Terminated>> {
    return this.#ask(Terminated, 'hotReload', { gapMs });
  }

  /** Waits for a line that the host writes unasked; looks at those that came before, too. */
  async until(condition: () => boolean, withinMs = 60_000): Promise<void> {
    if (condition()) return;
    const came = Promise.withResolvers<undefined>();
    const look = (): void => {
      if (this.#end !== null) came.reject(new Error(this.#end));
      else if (condition()) came.resolve(undefined);
    };
    const cancel = this.#world.after(withinMs, () =>
      came.reject(new Error('What was awaited of the NinjaTrader host did not happen in time.')),
    );
    this.#listeners.add(look);
    try {
      await came.promise;
    } finally {
      cancel();
      this.#listeners.delete(look);
    }
  }

  /** Ends the process, by force if it does not leave; safe to call twice. */
  async stop(): Promise<void> {
    this.#process.hangUp();
    const cancel = this.#world.after(LEAVES_WITHIN_MS, () => this.#process.kill());
    await this.#process.ended;
    cancel();
  }

  /** As when NinjaTrader crashes: nothing of the AddOn gets to say goodbye. */
  async kill(): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
  }

  async #ask<T>(schema: z.ZodType<T>, step: string, given: StepArguments): Promise<T> {
    return schema.parse(await this.do(step, given));
  }

  #onLine(line: string): void {
    const read: unknown = JSON.parse(line);
    const event = HostEvent.safeParse(read);
    if (!event.success) this.#onAnswer(read);
    else if (event.data.event === 'ready') this.#ready.resolve(undefined);
    else if (event.data.event === 'violation') this.violations.push(event.data);
    else if (event.data.event === 'output') this.output.push(event.data.text);
    for (const look of this.#listeners) look();
  }

  #onAnswer(read: unknown): void {
    const answer = Answer.parse(read);
    const waiting = this.#waiting.get(answer.id);
    if (answer.ok) waiting?.resolve(answer);
    else waiting?.reject(new Error(answer.error ?? 'The NinjaTrader host refused the step.'));
  }

  #onEnd(errors: string): void {
    this.#end = `The NinjaTrader host has ended${errors === '' ? '' : `: ${errors}`}.`;
    const error = new Error(this.#end);
    this.#ready.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    for (const look of this.#listeners) look();
  }
}

function named(variable: string): string {
  const file = process.env[variable];
  if (file !== undefined && existsSync(file)) return file;
  throw new Error(
    `${variable} names no file: run this through "npm run test:unit" or "npm run bench", which compile the NinjaTrader host first.`,
  );
}
