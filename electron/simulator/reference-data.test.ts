import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOTS } from '../../shared/simulation/contracts.ts';
import { BarBuilder } from '../../shared/simulation/market/bar-builder.ts';
import { MinuteSource } from '../../shared/simulation/market/minute-source.ts';
import { randomFrom } from '../../shared/simulation/random.ts';
import { readRecording } from './market-files.ts';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Says aloud what is not tested, and skips, where the reference data is not beside the checkout. */
function needs(path: string, skip: (note: string) => void): string {
  const full = join(DATA, path);
  if (!existsSync(full)) {
    console.warn(`Not found: ${full}. What the simulation makes of real data is NOT tested here.`);
    skip(`no ${full}`);
  }
  return full;
}

describe('with the reference data', () => {
  it('has the exchange’s tick sizes and multipliers', ({ skip }) => {
    const table = readFileSync(needs('contracts/futures-contracts.csv', skip), 'utf8');
    const rows = table
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    for (const root of ROOTS) {
      const row = rows.find((fields) => fields[1] === root.symbol);
      expect(Number(row?.[5]), root.symbol).toBe(root.pointValue);
      expect(Number(row?.[6]), root.symbol).toBe(root.tickSize);
    }
  });

  it('reads every recording and knows its contract by the file’s name', ({ skip }) => {
    const folder = needs('market', skip);
    const read = readdirSync(folder).map((file) => readRecording(join(folder, file), null));
    expect(read.length).toBeGreaterThan(0);
    for (const recording of read) {
      if (!recording.ok) throw new Error(recording.error);
      expect(recording.value.rows.length).toBeGreaterThan(1_000);
    }
  });

  it('rebuilds every minute of a session from its course', ({ skip }) => {
    const file = needs('market/es-201312-20131008-minute.csv', skip);
    const recording = readRecording(file, null);
    if (!recording.ok || recording.value.kind !== 'minutes') throw new Error('not a minute file');
    const { contract, rows } = recording.value;
    const { instrument } = contract;
    const random = randomFrom(1);
    const source = new MinuteSource({ instrument, rows, random, startsAt: 0, historyMinutes: 0 });
    const builder = new BarBuilder(instrument.name);
    const bars = [];
    for (let tick = source.next(); tick !== null; tick = source.next()) {
      const closed = builder.add(tick);
      if (closed !== null) bars.push(closed);
    }
    if (builder.running !== null) bars.push(builder.running);
    const recorded = rows.filter((row) => row.trade !== null && row.volume > 0);
    expect(
      bars.map(({ startsAt, open, high, low, close, volume }) => ({
        startsAt,
        trade: { open, high, low, close },
        volume,
      })),
    ).toEqual(recorded.map(({ startsAt, trade, volume }) => ({ startsAt, trade, volume })));
  });
});
