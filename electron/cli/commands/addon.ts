import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, join, win32, type PlatformPath } from 'node:path';
import { z } from 'zod';
import { assertNever } from '../../../shared/kernel/assert-never.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { createPairingStore, type PairingStore } from '../../bridge/pairing.ts';
import { loadShippedAddon, type ShippedAddon } from '../../ninjatrader/addon-source.ts';
import { attempt, reasonOf } from '../../ninjatrader/file-failure.ts';
import { diskFiles } from '../../ninjatrader/files.ts';
import { ADDON_CLASS, layoutOf } from '../../ninjatrader/layout.ts';
import { createNinjaTrader, type NinjaTrader } from '../../ninjatrader/ninjatrader.ts';
import {
  checkPairing,
  ensurePairing,
  pairingFileOfAddon,
} from '../../ninjatrader/pairing-check.ts';
import { registryShellFolder, type ShellFolder } from '../../ninjatrader/shell-folder.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import {
  failureAnswer,
  installedAnswer,
  lostChoiceAnswer,
  refusal,
  removedAnswer,
  searchAnswer,
  statusAnswer,
  type Answer,
} from '../addon-answers.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { resourcesFolder } from '../resources.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE =
  'Use: apex addon status|install|remove [--user-folder <dir>] [--replace-newer] [--json], or apex addon zip [--out <file>] [--json]';

const ACTIONS = ['status', 'install', 'remove', 'zip'] as const;
type Action = (typeof ACTIONS)[number];

const FLAGS = {
  /** NinjaTrader's user folder, "NinjaTrader 8"; searched for when it is not given. */
  userFolder: z.string().min(1).optional(),
  replaceNewer: toggle,
  out: z.string().min(1).optional(),
  json: toggle,
};

/** The user that the command works for. */
export interface AddonUser {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly shellFolder: ShellFolder;
}

interface Call {
  readonly service: NinjaTrader;
  readonly shipped: ShippedAddon;
  readonly pairing: PairingStore;
  readonly path: PlatformPath;
  readonly flags: {
    readonly userFolder: string | undefined;
    readonly replaceNewer: boolean;
    readonly out: string | undefined;
  };
}

/** Port that a pairing file made here names; the app changes it to its own when it starts. */
const USUAL_PORT = 8765;

/** `apex addon`: the AddOn in NinjaTrader's folder, seen and changed without the app. */
export function createAddonCommand(user: AddonUser): HeadlessCommand {
  return async (words, terminal) => {
    const parsed = parseWords(words, FLAGS);
    const rest = parsed.ok ? parsed.value.rest : [];
    const action = ACTIONS.find((name) => rest.length === 1 && name === rest[0]);
    if (!parsed.ok || action === undefined) {
      terminal.note(parsed.ok ? USAGE : `${parsed.error}. ${USAGE}`);
      return EXIT.usage;
    }
    const { flags } = parsed.value;
    const opened = await open(user);
    const answer = opened.ok
      ? await act(action, { ...opened.value, flags })
      : refusal(opened.error);
    return tell(answer, flags.json, terminal);
  };
}

export const addon: HeadlessCommand = createAddonCommand({
  env: process.env,
  home: homedir(),
  platform: process.platform,
  shellFolder: registryShellFolder(process.env),
});

async function open(user: AddonUser): Promise<Result<Omit<Call, 'flags'>, string>> {
  const folder = join(resourcesFolder, 'ninjatrader');
  const shipped = await loadShippedAddon(diskFiles, {
    source: join(folder, `${ADDON_CLASS}.cs`),
    releases: join(folder, 'releases.json'),
  });
  if (!shipped.ok) return shipped;
  const clock = new SystemClock();
  const path = user.platform === 'win32' ? win32 : posix;
  const service = createNinjaTrader({
    files: diskFiles,
    path,
    clock,
    timers: clock,
    shellFolder: user.shellFolder,
    env: user.env,
    shipped: shipped.value,
  });
  const pairing = createPairingStore(pairingFileOfAddon(user), clock);
  return ok({ service, shipped: shipped.value, pairing, path });
}

async function act(action: Action, call: Call): Promise<Answer> {
  if (action === 'zip') return writeZip(call);
  const folder = await chooseFolder(call);
  if (!folder.ok) return folder.error;
  const root = folder.value;
  const { service, shipped, pairing } = call;
  switch (action) {
    case 'status': {
      const status = await service.status(root, { seen: 'notWatched' });
      return statusAnswer(root, status, checkPairing(pairing, pairing.file));
    }
    case 'install': {
      const done = await service.install(root, call.flags);
      if (!done.ok) return failureAnswer(done.error);
      const paired = ensurePairing(pairing, pairing.file, USUAL_PORT);
      return installedAnswer(done.value, shipped.version, paired);
    }
    case 'remove': {
      const done = await service.remove(root);
      if (!done.ok) return failureAnswer(done.error);
      const { ownFolder } = layoutOf(root, call.path);
      return removedAnswer(done.value, { ownFolder, pairingFile: pairing.file });
    }
    default:
      return assertNever(action);
  }
}

async function chooseFolder({ service, flags }: Call): Promise<Result<string, Answer>> {
  const found = await service.findUserFolder(flags.userFolder ?? null);
  // A folder that was named and is none is a mistake of the person; another one would surprise.
  if (found.lostChoice !== null) return err(lostChoiceAnswer(found.lostChoice));
  return found.kind === 'one' ? ok(found.folder.path) : err(searchAnswer(found));
}

async function writeZip({ service, shipped, flags }: Call): Promise<Answer> {
  const file = flags.out ?? `${ADDON_CLASS}-${shipped.version}.zip`;
  const written = await attempt(() => writeFile(file, service.importZip()));
  if (!written.ok) return refusal(`${file} could not be written: ${reasonOf(written.error)}.`);
  return {
    isGood: true,
    lines: [
      `${file} is written.`,
      'Import it in NinjaTrader with Tools > Import > NinjaScript, which also compiles it.',
    ],
    json: { file, version: shipped.version },
  };
}

function tell(answer: Answer, asJson: boolean, terminal: Terminal): number {
  if (asJson) terminal.out(JSON.stringify(answer.json));
  else if (answer.isGood) answer.lines.forEach((line) => terminal.out(line));
  else answer.lines.forEach((line) => terminal.note(line));
  return answer.isGood ? EXIT.done : EXIT.failed;
}
