import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { proofText, type ProofTerms } from '../../shared/protocol/addon/proof-text.ts';

const NONCE_BYTES = 32;

/** A number used once: 32 random bytes in base64. */
export function newNonce(): string {
  return randomBytes(NONCE_BYTES).toString('base64');
}

/** Proves knowledge of the pairing key for one role in one handshake. */
export function prove(key: Uint8Array, role: 'server' | 'client', terms: ProofTerms): string {
  return createHmac('sha256', key).update(proofText(role, terms), 'utf8').digest('base64');
}

/** Whether the two proofs are the same; takes as long for a near miss as for a far one. */
export function proofsMatch(expected: string, given: string): boolean {
  const a = Buffer.from(expected, 'base64');
  const b = Buffer.from(given, 'base64');
  return a.length === b.length && timingSafeEqual(a, b);
}
