import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

interface PairingText {
  readonly port: number;
  readonly [field: string]: unknown;
}

export interface LineRelayTerms {
  /** The pairing file that the desk writes. */
  readonly from: string;
  /** The pairing file that the AddOn reads; the relay writes it with its own port. */
  readonly to: string;
  /** Sees what the AddOn sends, byte for byte, after the request to upgrade. */
  readonly onSent?: (bytes: Buffer) => void;
}

/** A wire between the AddOn and the desk that can be cut. It knows nothing of what goes over it but the name of the host. */
export class LineRelay {
  readonly #server: Server;
  readonly #terms: LineRelayTerms;
  readonly #sockets = new Set<Socket>();
  #isBroken = false;

  private constructor(terms: LineRelayTerms) {
    this.#terms = terms;
    this.#server = createServer((near) => this.#join(near));
  }

  static async open(terms: LineRelayTerms): Promise<LineRelay> {
    const relay = new LineRelay(terms);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    relay.publish();
    return relay;
  }

  /** Tells the AddOn where the relay is; due again when the desk has written a new key. */
  publish(): void {
    const { to } = this.#terms;
    const draft = `${to}.new`;
    writeFileSync(draft, JSON.stringify({ ...this.#read(), port: this.#port() }));
    renameSync(draft, to);
  }

  /** Ends every connection without a word; with `stays` nobody gets through until `mend`. */
  cut({ stays = false }: { readonly stays?: boolean } = {}): void {
    this.#isBroken = stays;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  mend(): void {
    this.#isBroken = false;
  }

  async close(): Promise<void> {
    this.cut({ stays: true });
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket): void {
    if (this.#isBroken) {
      near.destroy();
      return;
    }
    const { port } = this.#read();
    const far = connect(port, '127.0.0.1');
    this.#keep(near, far);
    this.#keep(far, near);
    far.pipe(near);
    let hasAsked = false;
    near.on('data', (chunk: Buffer) => {
      if (hasAsked) this.#terms.onSent?.(chunk);
      far.write(hasAsked ? chunk : this.#addressed(chunk, port));
      hasAsked = true;
    });
    near.on('end', () => far.end());
  }

  /** The desk answers only to its own address. The whole request to upgrade comes in one piece. */
  #addressed(request: Buffer, port: number): Buffer {
    const text = request.toString('latin1');
    const own = `127.0.0.1:${this.#port()}`;
    return Buffer.from(text.replace(own, `127.0.0.1:${port}`), 'latin1');
  }

  #keep(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    // A cut line is what the relay is for; `close` tells the other side.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      other.destroy();
    });
  }

  #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #read(): PairingText {
    return JSON.parse(readFileSync(this.#terms.from, 'utf8')) as PairingText;
  }
}
