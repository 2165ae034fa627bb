import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Clock } from '../../shared/kernel/clock.ts';

const KEY_BYTES = 32;
const PRIVATE_MODE = 0o600;

const PairingFile = z.strictObject({
  v: z.literal(1),
  host: z.literal('127.0.0.1'),
  port: z.int().min(1).max(65_535),
  key: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  createdAt: z.int().min(0),
});
type PairingFile = z.infer<typeof PairingFile>;

/** `CORRUPT`: the file is there and is no pairing file; the person decides, because a new key unpairs the AddOn. */
export interface PairingError {
  readonly code: 'CORRUPT' | 'UNREADABLE' | 'NOT_WRITABLE' | 'NOT_PRIVATE';
  readonly detail: string;
}

export interface OpenedPairing {
  readonly key: Uint8Array;
  readonly created: boolean;
  /** The file had been readable by others and no longer is; the key may be known to them. */
  readonly repaired: boolean;
}

/** What may be told of a pairing file; never its key. */
export interface PairingFacts {
  readonly port: number;
  /** When the key was made, wall clock in epoch milliseconds. */
  readonly createdAt: number;
  /** Only its owner can read it, as far as the system tells by file modes. */
  readonly isPrivate: boolean;
}

/** The file that tells the AddOn of this user where the app listens and how to prove itself. */
export interface PairingStore {
  readonly file: string;
  /** Looks at the file and changes nothing; null when there is none. */
  inspect(): Result<PairingFacts | null, PairingError>;
  /** Reads the key, or makes one when there is no file; keeps the key when only the port changed. */
  open(port: number): Result<OpenedPairing, PairingError>;
  /** Replaces the key, also that of a corrupt file. */
  rotate(port: number): Result<OpenedPairing, PairingError>;
}

export function createPairingStore(file: string, clock: Clock): PairingStore {
  const write = (content: PairingFile): Result<null, PairingError> => writePrivately(file, content);
  const createNew = (port: number): Result<OpenedPairing, PairingError> => {
    const key = randomBytes(KEY_BYTES);
    const written = write(describe(key.toString('base64'), port, clock.wall()));
    return written.ok ? ok({ key, created: true, repaired: false }) : written;
  };
  return {
    file,
    inspect() {
      const text = readIfPresent(file);
      if (!text.ok) return text;
      if (text.value === null) return ok(null);
      const pairing = parse(text.value);
      if (!pairing.ok) return pairing;
      const access = accessTo(file);
      if (!access.ok) return access;
      const { port, createdAt } = pairing.value;
      return ok({ port, createdAt, isPrivate: access.value === 'private' });
    },
    open(port) {
      const text = readIfPresent(file);
      if (!text.ok) return text;
      if (text.value === null) return createNew(port);
      const pairing = parse(text.value);
      if (!pairing.ok) return pairing;
      const privacy = makePrivate(file);
      if (!privacy.ok) return privacy;
      if (pairing.value.port !== port) {
        const written = write({ ...pairing.value, port });
        if (!written.ok) return written;
      }
      const key = Buffer.from(pairing.value.key, 'base64');
      return ok({ key, created: false, repaired: privacy.value });
    },
    rotate: createNew,
  };
}

function describe(key: string, port: number, createdAt: number): PairingFile {
  return { v: 1, host: '127.0.0.1', port, key, createdAt };
}

function readIfPresent(file: string): Result<string | null, PairingError> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ok(null);
    return err({ code: 'UNREADABLE', detail: `${file}: ${codeOf(error)}` });
  }
}

function parse(text: string): Result<PairingFile, PairingError> {
  const corrupt = (detail: string): Result<never, PairingError> => err({ code: 'CORRUPT', detail });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's message may quote the file, and with it the key.
    return corrupt('not JSON');
  }
  const parsed = PairingFile.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return corrupt(`wrong fields: ${parsed.error.issues.map((i) => i.path.join('.')).join(', ')}`);
}

/** Who can read the file. Windows guards the user's folder itself. */
function accessTo(file: string): Result<'private' | 'shared', PairingError> {
  if (process.platform === 'win32') return ok('private');
  try {
    const { mode, uid } = statSync(file);
    if (process.getuid !== undefined && uid !== process.getuid()) {
      return err({ code: 'NOT_PRIVATE', detail: `${file} belongs to another user` });
    }
    return ok((mode & 0o777) === PRIVATE_MODE ? 'private' : 'shared');
  } catch (error) {
    return err({ code: 'NOT_PRIVATE', detail: `${file}: ${codeOf(error)}` });
  }
}

/** Takes other users' access away; true when there was some. */
function makePrivate(file: string): Result<boolean, PairingError> {
  const access = accessTo(file);
  if (!access.ok) return access;
  if (access.value === 'private') return ok(false);
  try {
    chmodSync(file, PRIVATE_MODE);
    return ok(true);
  } catch (error) {
    return err({ code: 'NOT_PRIVATE', detail: `${file}: ${codeOf(error)}` });
  }
}

/** Writes beside the target and renames, so that a reader sees the old file or the new one, never half. */
function writePrivately(file: string, content: PairingFile): Result<null, PairingError> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(draft, 'wx', PRIVATE_MODE);
    try {
      writeSync(handle, `${JSON.stringify(content, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    return ok(null);
  } catch (error) {
    rmSync(draft, { force: true });
    return err({ code: 'NOT_WRITABLE', detail: `${file}: ${codeOf(error)}` });
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}
