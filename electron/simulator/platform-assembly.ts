import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { money, MONEY_SCALE } from '../../shared/domain/money/money.ts';
import {
  contractFromName,
  frontMonthName,
  rootFromSymbol,
  type Contract,
} from '../../shared/simulation/contracts.ts';
import { NO_FAULTS } from '../../shared/simulation/faults/fault-script.ts';
import { GeneratedSource } from '../../shared/simulation/market/generated-source.ts';
import type { MarketSource } from '../../shared/simulation/market/market-tick.ts';
import { MinuteSource } from '../../shared/simulation/market/minute-source.ts';
import { ShiftedSource } from '../../shared/simulation/market/shifted-source.ts';
import { TradeSource } from '../../shared/simulation/market/trade-source.ts';
import type { AccountTerms, PlatformBooks } from '../../shared/simulation/platform-options.ts';
import type { Random } from '../../shared/simulation/random.ts';
import { SimulatedPlatform, traderKindFor } from '../../shared/simulation/simulated-platform.ts';
import { readFaultFile } from './fault-file.ts';
import { readRecording, type Recording } from './market-files.ts';
import type { SimulatorOptions } from './simulator-options.ts';

const MINUTE = 60_000;

/** Builds the simulated platform that the options describe, going on from books if any; the error is one sentence. */
export function assemblePlatform(
  options: SimulatorOptions,
  wallNow: number,
  books: PlatformBooks | null = null,
): Result<SimulatedPlatform, string> {
  const faults = options.faults === null ? ok(NO_FAULTS) : readFaultFile(options.faults);
  if (!faults.ok) return faults;
  const recording =
    options.market === 'generated' ? null : readRecording(options.market, options.instrument);
  if (recording !== null && !recording.ok) return recording;
  const tape = recording === null ? null : recording.value;
  const tapeStart = tape === null ? wallNow : startOf(tape, options);
  const startsAt = options.times === 'now' ? wallNow : tapeStart;
  const instruments =
    tape === null ? generatedNames(options, startsAt) : ok([tape.contract.instrument.name]);
  if (!instruments.ok) return instruments;
  const shift = startsAt - tapeStart;
  return ok(
    new SimulatedPlatform({
      seed: options.seed,
      startsAt,
      speed: options.speed,
      accounts: accountTerms(options),
      instruments: instruments.value,
      openMarket: (contract, random) =>
        openMarket({ contract, random, tape, tapeStart, shift, startsAt, options, books }),
      faults: faults.value,
      books,
    }),
  );
}

interface MarketTerms {
  readonly contract: Contract;
  readonly random: Random;
  readonly tape: Recording | null;
  readonly tapeStart: number;
  readonly shift: number;
  readonly startsAt: number;
  readonly options: SimulatorOptions;
  readonly books: PlatformBooks | null;
}

function openMarket(terms: MarketTerms): MarketSource {
  const { contract, random, tape, tapeStart, shift, options } = terms;
  const { historyMinutes } = options;
  const { instrument } = contract;
  // A contract that the recording does not hold is generated beside it.
  if (tape?.contract.instrument.name !== instrument.name) {
    const goesOnFrom = terms.books?.lastPrices[instrument.name];
    const { startsAt } = terms;
    return new GeneratedSource({ contract, random, startsAt, historyMinutes, goesOnFrom });
  }
  const common = { instrument, random, startsAt: tapeStart, historyMinutes };
  const source =
    tape.kind === 'minutes'
      ? new MinuteSource({ ...common, rows: tape.rows })
      : new TradeSource({ ...common, rows: tape.rows, depth: contract.root.depth });
  return shift === 0 ? source : new ShiftedSource(source, shift);
}

/** A recording starts after its history, so that the chart has a past. */
function startOf(tape: Recording, options: SimulatorOptions): number {
  if (options.from !== null) return Date.parse(options.from);
  const first = tape.kind === 'minutes' ? tape.rows[0]?.startsAt : tape.rows[0]?.at;
  return Math.floor((first ?? 0) / MINUTE) * MINUTE + options.historyMinutes * MINUTE;
}

function generatedNames(options: SimulatorOptions, at: number): Result<string[], string> {
  const names: string[] = [];
  for (const word of (options.instrument ?? 'ES,NQ').split(',')) {
    const root = rootFromSymbol(word.trim());
    const name = root === undefined ? word.trim() : frontMonthName(root, at);
    const contract = contractFromName(name);
    if (!contract.ok) return err(contract.error.detail);
    names.push(name);
  }
  return ok(names);
}

function accountTerms(options: SimulatorOptions): AccountTerms[] {
  return Array.from({ length: options.accounts }, (_, index) => ({
    name: `Sim${101 + index}`,
    profile: options.profile,
    startCash: money(Math.round(options.cash * MONEY_SCALE)),
    trader: options.trader === 'on' ? traderKindFor(index) : null,
    size: options.size,
  }));
}
