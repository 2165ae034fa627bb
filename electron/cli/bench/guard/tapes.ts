import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contractFromName, type Contract } from '../../../../shared/simulation/contracts.ts';
import { GeneratedSource } from '../../../../shared/simulation/market/generated-source.ts';
import type { MarketSource, MarketTick } from '../../../../shared/simulation/market/market-tick.ts';
import { MinuteSource } from '../../../../shared/simulation/market/minute-source.ts';
import { TradeSource } from '../../../../shared/simulation/market/trade-source.ts';
import { randomFrom, type Random } from '../../../../shared/simulation/random.ts';
import { readRecording } from '../../../simulator/market-files.ts';
import { shippedPacks } from '../../shipped-packs.ts';

/** A market as it went, tick by tick, so that a trial can look ahead in it. */
export interface Tape {
  readonly name: string;
  readonly kind: 'minutes' | 'trades' | 'generated';
  readonly contract: Contract;
  /** In order of time, UTC epoch milliseconds. */
  readonly ticks: readonly MarketTick[];
}

/** Where the reference data lies when it is beside the checkout. */
const RECORDINGS = join(shippedPacks, '..', '..', '..', 'shared', 'data', 'market');

const GENERATED = ['ES 12-13', 'GC 12-13'];
/** A Tuesday's regular session. */
const GENERATED_FROM = Date.UTC(2013, 9, 8, 13, 30);
const GENERATED_TICKS = 60_000;

/** The recorded markets in the order of their names; null when they are not at hand. */
export function recordedTapes(seed: string, folder = RECORDINGS): readonly Tape[] | null {
  if (!existsSync(folder)) return null;
  return readdirSync(folder)
    .sort()
    .map((name) => recordedTape(join(folder, name), name, randomFrom(`${seed}/${name}`)));
}

/** Markets out of a seed, for where nothing is recorded. */
export function generatedTapes(seed: string): readonly Tape[] {
  return GENERATED.map((name) => {
    const contract = contractNamed(name);
    const random = randomFrom(`${seed}/${name}`);
    const source = new GeneratedSource({
      contract,
      random,
      startsAt: GENERATED_FROM,
      historyMinutes: 0,
    });
    const ticks = Array.from({ length: GENERATED_TICKS }, () => source.next());
    return { name, kind: 'generated', contract, ticks };
  });
}

/** A contract that the simulation is known to have. */
export function contractNamed(name: string): Contract {
  const contract = contractFromName(name);
  if (!contract.ok) throw new Error(contract.error.detail);
  return contract.value;
}

/** Plays a part of a tape. */
export class TapeSource implements MarketSource {
  readonly instrument;
  readonly history = [];
  readonly #ticks: readonly MarketTick[];
  #next: number;

  constructor({ contract, ticks }: Pick<Tape, 'contract' | 'ticks'>, from: number) {
    this.instrument = contract.instrument;
    this.#ticks = ticks;
    this.#next = from;
  }

  next(): MarketTick | null {
    const tick = this.#ticks[this.#next] ?? null;
    this.#next += 1;
    return tick;
  }
}

function recordedTape(file: string, name: string, random: Random): Tape {
  const recording = readRecording(file, null);
  if (!recording.ok) throw new Error(recording.error);
  const { contract, kind } = recording.value;
  const common = { instrument: contract.instrument, random, startsAt: 0, historyMinutes: 0 };
  const source =
    recording.value.kind === 'minutes'
      ? new MinuteSource({ ...common, rows: recording.value.rows })
      : new TradeSource({ ...common, rows: recording.value.rows, depth: contract.root.depth });
  const ticks: MarketTick[] = [];
  for (let tick = source.next(); tick !== null; tick = source.next()) ticks.push(tick);
  return { name, kind, contract, ticks };
}
