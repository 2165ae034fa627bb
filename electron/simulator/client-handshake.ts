import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { ClientHandshake } from '../../shared/protocol/addon/commands.ts';
import { proofText } from '../../shared/protocol/addon/proof-text.ts';
import { decodeServerHandshake, encode } from '../../shared/protocol/codec.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';

export interface HandshakeTerms {
  readonly key: Uint8Array;
  readonly instanceId: string;
  readonly sentAt: () => number;
}

export type HandshakeStep =
  | { readonly kind: 'answer'; readonly frame: string }
  | { readonly kind: 'welcome'; readonly heartbeatMs: number; readonly deadMs: number };

type ClientMessage = ClientHandshake extends infer M
  ? M extends { type: infer T; payload: infer P }
    ? { readonly type: T; readonly payload: P }
    : never
  : never;

/** The AddOn's side of the handshake: it tells nothing before the server has proven the pairing key. */
export class ClientHandshakeRun {
  readonly #terms: HandshakeTerms;
  readonly #clientNonce = randomBytes(32).toString('base64');
  #isServerProven = false;

  constructor(terms: HandshakeTerms) {
    this.#terms = terms;
  }

  hello(): string {
    return this.#frame({
      type: 'hello',
      payload: {
        protocol: PROTOCOL_VERSION,
        addonVersion: '0.1.0',
        platform: 'Simulated NinjaTrader',
        platformVersion: '8.1.8.3',
        instanceId: this.#terms.instanceId,
        clientNonce: this.#clientNonce,
      },
    });
  }

  /** Takes one frame of the server; the error is for a person. */
  step(frame: string): Result<HandshakeStep, string> {
    const decoded = decodeServerHandshake(frame);
    if (!decoded.ok) return err(`the server sent no handshake (${decoded.error.code})`);
    const message = decoded.value;
    if (message.type === 'refused') return err(`refused: ${message.payload.code}`);
    if (message.type === 'welcome') {
      if (!this.#isServerProven) return err('the server said welcome without a proof');
      const { heartbeatMs, deadMs } = message.payload;
      return ok({ kind: 'welcome', heartbeatMs, deadMs });
    }
    const { serverNonce, serverProof } = message.payload;
    if (!this.#isProof(serverProof, serverNonce)) {
      return err('the server does not know the pairing key');
    }
    this.#isServerProven = true;
    const clientProof = this.#prove('client', serverNonce).toString('base64');
    return ok({ kind: 'answer', frame: this.#frame({ type: 'proof', payload: { clientProof } }) });
  }

  #isProof(given: string, serverNonce: string): boolean {
    const expected = this.#prove('server', serverNonce);
    const actual = Buffer.from(given, 'base64');
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  }

  #prove(role: 'server' | 'client', serverNonce: string): Buffer {
    const { key, instanceId } = this.#terms;
    const text = proofText(role, { clientNonce: this.#clientNonce, serverNonce, instanceId });
    return createHmac('sha256', key).update(text, 'utf8').digest();
  }

  #frame(message: ClientMessage): string {
    const head = { v: PROTOCOL_VERSION, seq: 0, ts: this.#terms.sentAt() } as const;
    const id = `${message.type}-${this.#clientNonce.slice(0, 12)}`;
    return encode({ ...head, id, ...message });
  }
}
