import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import type { FlattenView, ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { defaultFolder, withHeadlessDesk, type HeadlessDesk } from '../headless-desk.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE =
  'Use: apex flatten (--all | --account <name> [--instrument <name>]) [--folder <dir>] [--port <n>] [--wait <s>] [--json]';

const FLAGS = {
  all: toggle,
  account: z.string().min(1).optional(),
  instrument: z.string().min(1).optional(),
  folder: z.string().min(1).default(defaultFolder()),
  port: z.coerce.number().int().min(0).max(65_535).default(8765),
  /** Seconds until the command gives up waiting for a proof; the platform may still be closing. */
  wait: z.coerce.number().positive().max(3_600).default(60),
  json: toggle,
};

/** `apex flatten`: serves the bridge, flattens as soon as NinjaTrader connects, exits 0 only with a proof. */
export const flatten: HeadlessCommand = async (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  const scope = parsed.ok ? scopeOf(parsed.value.flags) : parsed;
  if (!parsed.ok || !scope.ok) {
    terminal.note(`${scope.ok ? '' : scope.error}. ${USAGE}`);
    return EXIT.usage;
  }
  const { folder, port, wait, json } = parsed.value.flags;
  return withHeadlessDesk({ folder, port, evenIfInUse: true }, terminal, async (desk) => {
    const { flattenId } = desk.engine.flatten(scope.value, 'headless');
    const world = new SystemClock();
    const over = new Promise<void>((resolve) => void world.after(wait * 1_000, resolve));
    await Promise.race([ended(desk, flattenId, terminal), over, terminal.interrupted]);
    const proof = desk.engine.proof(flattenId);
    const last = desk.engine.view().flattens.find(({ id }) => id === flattenId);
    if (json) terminal.out(JSON.stringify({ confirmed: proof !== null, flatten: last, proof }));
    else terminal.out(last?.message ?? 'The flatten is unknown.');
    return proof === null ? EXIT.failed : EXIT.done;
  });
};

function scopeOf(flags: {
  readonly all: boolean;
  readonly account: string | undefined;
  readonly instrument: string | undefined;
}): Result<ScopeView, string> {
  const { all, account, instrument } = flags;
  if (all) return account === undefined ? ok({ kind: 'all' }) : err('--all goes without --account');
  if (account === undefined) return err('Name what to flatten');
  if (instrument === undefined) return ok({ kind: 'account', account });
  return ok({ kind: 'instrument', account, instrument });
}

const ENDED: ReadonlySet<FlattenView['state']> = new Set(['confirmed', 'refused', 'disarmed']);

/** Tells the flatten's states as they come; resolves when it has ended. */
function ended(desk: HeadlessDesk, flattenId: string, terminal: Terminal): Promise<void> {
  let told = '';
  return new Promise((resolve) => {
    const look = (flattens: readonly FlattenView[]): void => {
      const run = flattens.find(({ id }) => id === flattenId);
      if (run === undefined) return;
      const words = `${run.state}: ${run.message}`;
      if (words !== told) terminal.note(words);
      told = words;
      if (ENDED.has(run.state)) resolve();
    };
    look(desk.engine.view().flattens);
    desk.engine.onPatch((patch) => look(patch.flattens ?? []));
  });
}
