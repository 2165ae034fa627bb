import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { createDeskCore, type DeskCore } from '../desk/desk-core.ts';
import type { LinkListener } from '../engine/ports.ts';
import { EXIT, type Terminal } from './command.ts';
import { shippedPacks } from './shipped-packs.ts';
import { version } from './version.ts';

export interface HeadlessTerms {
  /** Holds the journal and the pairing file; made when it is missing. */
  readonly folder: string;
  /** 0 lets the system choose. */
  readonly port: number;
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
  try {
    mkdirSync(terms.folder, { recursive: true });
  } catch (error) {
    return err(`The data folder cannot be made: ${(error as Error).message}`);
  }
  const core = createDeskCore({
    ...terms,
    packs: shippedPacks,
    demo: false,
    version,
    nativeBinding: undefined,
  });
  const started = await core.bridge.start();
  if (started.ok) return ok({ ...core, port: started.value.port });
  const { detail } = core.bridge.status();
  await core.stop();
  return err(detail);
}

/** Opens a desk for one question; answers with the exit code. */
export async function withHeadlessDesk(
  folder: string,
  terminal: Terminal,
  work: (desk: HeadlessDesk) => number,
): Promise<number> {
  const opened = await openHeadlessDesk({ folder, port: 0 });
  if (!opened.ok) {
    terminal.note(opened.error);
    return EXIT.failed;
  }
  const code = work(opened.value);
  await opened.value.stop();
  return code;
}

/** Where the headless command keeps its data unless told otherwise; never the app's own folder. */
export function defaultFolder(): string {
  const home = process.env['LOCALAPPDATA'] ?? process.env['XDG_DATA_HOME'];
  return join(home ?? join(homedir(), '.local', 'share'), 'enigma-apex-headless');
}
