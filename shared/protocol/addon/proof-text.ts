/** What both sides of a handshake know before either has proven the pairing key. */
export interface ProofTerms {
  /** Base64 of 32 random bytes, chosen by the client for this connection. */
  readonly clientNonce: string;
  /** Base64 of 32 random bytes, chosen by the server for this connection. */
  readonly serverNonce: string;
  readonly instanceId: string;
}

/**
 * The text whose HMAC-SHA-256 under the pairing key proves the key. The role in it keeps a proof of one
 * side from being sent back as the other's; the nonces keep an old one from being used again.
 */
export function proofText(role: 'server' | 'client', terms: ProofTerms): string {
  return `enigma-apex/1/${role}\n${terms.clientNonce}\n${terms.serverNonce}\n${terms.instanceId}`;
}
