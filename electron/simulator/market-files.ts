import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  contractFromName,
  rootFromSymbol,
  type Contract,
} from '../../shared/simulation/contracts.ts';
import { describeLineError } from '../../shared/simulation/market/line-error.ts';
import {
  MINUTE_HEADING,
  readMinuteRows,
  type MinuteRow,
} from '../../shared/simulation/market/minute-rows.ts';
import { readTradeRows, type TradeRow } from '../../shared/simulation/market/trade-rows.ts';

/** A recording read whole; times are those of the recording. */
export type Recording = { readonly contract: Contract; readonly file: string } & (
  | { readonly kind: 'minutes'; readonly rows: readonly MinuteRow[] }
  | { readonly kind: 'trades'; readonly rows: readonly TradeRow[] }
);

/** `es-201312-20131008-minute.csv`: root, delivery month, day. */
const FILE_NAME = /^([a-z0-9]+)-(\d{2})(\d{2})(\d{2})-/i;

/** Reads a minute file or a tick file, plain or gzipped; the error is one sentence for a person. */
export function readRecording(
  file: string,
  instrumentName: string | null,
): Result<Recording, string> {
  const name = instrumentName ?? nameFromFile(file);
  if (name === null) {
    return err(
      `${file}: its name does not tell the contract; give it with --instrument "ES 12-26".`,
    );
  }
  const contract = contractFromName(name);
  if (!contract.ok) return err(`${file}: ${contract.error.detail}`);
  let text: string;
  try {
    const bytes = readFileSync(file);
    text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    // The system's message names the reason (missing, no access, not gzip) and nothing secret.
    return err(`${file}: ${(error as Error).message}`);
  }
  return readLines(file, contract.value, text.replace(/^\uFEFF/, '').split('\n'));
}

function readLines(
  file: string,
  contract: Contract,
  lines: readonly string[],
): Result<Recording, string> {
  if (lines[0]?.trim() === MINUTE_HEADING) {
    const rows = readMinuteRows(lines, contract.instrument);
    if (!rows.ok) return err(describeLineError(file, rows.error));
    return ok({ kind: 'minutes', contract, file, rows: rows.value });
  }
  const rows = readTradeRows(lines, contract.instrument);
  if (!rows.ok) return err(describeLineError(file, rows.error));
  return ok({ kind: 'trades', contract, file, rows: rows.value });
}

function nameFromFile(file: string): string | null {
  const [, symbol, , year, month] = FILE_NAME.exec(basename(file)) ?? [];
  const root = rootFromSymbol((symbol ?? '').toUpperCase());
  return root === undefined ? null : `${root.symbol} ${month}-${year}`;
}
