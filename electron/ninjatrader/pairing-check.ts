import { posix, win32 } from 'node:path';
import type { Result } from '../../shared/kernel/result.ts';

/** The part of the bridge's pairing store that this service needs; it has no way to the key. */
export interface PairingPort {
  readonly file: string;
  inspect(): Result<
    { readonly port: number; readonly isPrivate: boolean } | null,
    { readonly code: string }
  >;
  /** Makes the file when it is missing, and its owner the only reader. */
  open(port: number): Result<unknown, { readonly code: string }>;
}

/** `elsewhere`: the app keeps its file where the AddOn does not look. */
export type PairingState =
  'ready' | 'missing' | 'unreadable' | 'notPrivate' | 'corrupt' | 'elsewhere' | 'notWritable';

export interface PairingReport {
  readonly state: PairingState;
  readonly file: string;
  /** Port that the AddOn will call; null unless the file could be read. */
  readonly port: number | null;
}

/** Where the AddOn looks: the local application data of .NET, which is what its runtime takes from these variables. */
export function pairingFileOfAddon(place: {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}): string {
  const { platform, env, home } = place;
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local');
    return win32.join(local, 'Enigma Apex', 'pairing.json');
  }
  const local = env['XDG_DATA_HOME'] || posix.join(home, '.local', 'share');
  return posix.join(local, 'Enigma Apex', 'pairing.json');
}

/** Looks at the pairing file and changes nothing. `lookedFor` is where the AddOn will search for it. */
export function checkPairing(pairing: PairingPort, lookedFor: string): PairingReport {
  const { file } = pairing;
  if (!isSamePath(file, lookedFor)) return { state: 'elsewhere', file, port: null };
  const seen = pairing.inspect();
  if (!seen.ok) return { state: stateOf(seen.error.code), file, port: null };
  if (seen.value === null) return { state: 'missing', file, port: null };
  return { state: seen.value.isPrivate ? 'ready' : 'notPrivate', file, port: seen.value.port };
}

/** Makes the file when it is missing and repairs its access; a corrupt one is left for the person to decide. */
export function ensurePairing(
  pairing: PairingPort,
  lookedFor: string,
  port: number,
): PairingReport {
  const before = checkPairing(pairing, lookedFor);
  if (before.state !== 'missing' && before.state !== 'notPrivate') return before;
  // The port of a file that is there stays: the desk that wrote it may be listening on it.
  const opened = pairing.open(before.port ?? port);
  if (opened.ok) return checkPairing(pairing, lookedFor);
  return { state: stateOf(opened.error.code), file: pairing.file, port: null };
}

function stateOf(code: string): PairingState {
  if (code === 'CORRUPT') return 'corrupt';
  if (code === 'NOT_PRIVATE') return 'notPrivate';
  return code === 'NOT_WRITABLE' ? 'notWritable' : 'unreadable';
}

/** Windows' paths, which know no difference of capitals, and the others'. */
function isSamePath(left: string, right: string): boolean {
  if (!win32.isAbsolute(left) || left.startsWith('/')) return left === right;
  return win32.normalize(left).toLowerCase() === win32.normalize(right).toLowerCase();
}

const WORDS: Readonly<Record<PairingState, string>> = {
  ready: 'The pairing file is in place.',
  missing: 'There is no pairing file yet; the app writes it when it starts.',
  unreadable: 'The pairing file cannot be read; give this Windows user the right to read it.',
  notPrivate:
    'The pairing file can be read by other users; start the app, which repairs that, and make a new key in its settings.',
  corrupt: 'The pairing file is damaged; make a new key in the settings of the app.',
  elsewhere: 'The app keeps its data where the AddOn does not look; start it without --data-dir.',
  notWritable: 'The pairing file cannot be written; look at the rights and the room on the disk.',
};

/** The state of the pairing and what to do about it, in one sentence. */
export function describePairing({ state }: PairingReport): string {
  return WORDS[state];
}
