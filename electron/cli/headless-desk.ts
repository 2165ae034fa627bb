import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { createDeskCore, type DeskCore } from '../desk/desk-core.ts';
import { JOURNAL_FILE } from '../desk/desk-store.ts';
import type { LinkListener } from '../engine/ports.ts';
import { openDatabase } from '../store/sqlite.ts';
import { describeStoreError } from '../store/store-error.ts';
import { EXIT, type Terminal } from './command.ts';
import { shippedPacks } from './shipped-packs.ts';
import { version } from './version.ts';

export interface HeadlessTerms {
  /** Holds the journal and the pairing file; made when it is missing. */
  readonly folder: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Goes on beside another desk over the folder: what reduces risk must not wait for one that hangs. */
  readonly evenIfInUse?: boolean;
  /** Sees every fact before the engine does; benchmarks measure with it. */
  readonly tap?: (listener: LinkListener) => LinkListener;
}

/** The engine, bridge and store of the app, serving, without a window. */
export interface HeadlessDesk extends DeskCore {
  readonly port: number;
}

/** Opens a desk; the error is one sentence. A store that cannot be opened is no error: flatten works without. */
export async function openHeadlessDesk(
  terms: HeadlessTerms,
): Promise<Result<HeadlessDesk, string>> {
  const opened = openCore(terms);
  if (!opened.ok) return opened;
  const core = opened.value;
  const started = await core.bridge.start();
  if (started.ok) return ok({ ...core, port: started.value.port });
  const { detail } = core.bridge.status();
  await core.stop();
  return err(detail);
}

/** Opens a desk that serves for as long as the work takes; answers with the exit code. */
export async function withHeadlessDesk(
  terms: HeadlessTerms,
  terminal: Terminal,
  work: (desk: HeadlessDesk) => Promise<number>,
): Promise<number> {
  return closedAfter(await openHeadlessDesk(terms), terminal, work);
}

/**
 * Opens what a folder keeps for one question; answers with the exit code. Nothing is served, so that the pairing file
 * goes on naming the port of the desk that NinjaTrader knows.
 */
export function withKeptDesk(
  folder: string,
  terminal: Terminal,
  work: (desk: DeskCore) => number,
): Promise<number> {
  return closedAfter(openCore({ folder, port: 0 }), terminal, work);
}

async function closedAfter<D extends DeskCore>(
  opened: Result<D, string>,
  terminal: Terminal,
  work: (desk: D) => number | Promise<number>,
): Promise<number> {
  if (!opened.ok) {
    terminal.note(opened.error);
    return EXIT.failed;
  }
  try {
    return await work(opened.value);
  } finally {
    await opened.value.stop();
  }
}

function openCore({ evenIfInUse = false, ...terms }: HeadlessTerms): Result<DeskCore, string> {
  try {
    mkdirSync(terms.folder, { recursive: true });
  } catch (error) {
    return err(`The data folder cannot be made: ${(error as Error).message}`);
  }
  const holder = evenIfInUse ? null : otherHolder(terms.folder);
  if (holder !== null) return err(holder);
  return ok(
    createDeskCore({
      ...terms,
      packs: shippedPacks,
      demo: false,
      version,
      nativeBinding: undefined,
    }),
  );
}

/** Why a folder belongs to another desk at present; null when it is free. A second one would write over its locks. */
function otherHolder(folder: string): string | null {
  const opened = openDatabase({ path: join(folder, JOURNAL_FILE) });
  if (opened.ok) opened.value.close();
  else if (opened.error.code === 'LOCKED') return `${describeStoreError(opened.error)} Close it.`;
  return null;
}

/** Where the headless command keeps its data unless told otherwise; never the app's own folder. */
export function defaultFolder(): string {
  const home = process.env['LOCALAPPDATA'] ?? process.env['XDG_DATA_HOME'];
  return join(home ?? join(homedir(), '.local', 'share'), 'enigma-apex-headless');
}
