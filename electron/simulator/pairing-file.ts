import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';

const PairingFile = z.object({
  v: z.literal(1),
  host: z.literal('127.0.0.1'),
  port: z.int().min(1).max(65_535),
  key: z.base64().length(44),
});

export interface Pairing {
  readonly port: number;
  readonly key: Uint8Array;
}

/** Reads the file that the app wrote for its AddOn; the message never quotes it, as it holds the key. */
export function readPairing(file: string): Result<Pairing, string> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The parser's own words could quote the key, so only the kind of failure is told.
    return err(`${file}: ${error instanceof SyntaxError ? 'not JSON' : 'cannot be read'}`);
  }
  const parsed = PairingFile.safeParse(content);
  if (!parsed.success) return err(`${file}: not a pairing file of version 1`);
  const key = Buffer.from(parsed.data.key, 'base64');
  return ok({ port: parsed.data.port, key });
}
