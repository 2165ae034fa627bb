import type { ConnectionStatus } from '../../shared/domain/account/account.ts';

interface Said<T> {
  readonly seq: number;
  readonly value: T;
}

/**
 * Which accounts are connected, as far as the platform said. Needed at the edge because a disconnecting
 * account sends zeros for its figures, and those zeros are not values.
 */
export class ConnectionTable {
  readonly #accounts = new Map<
    string,
    Said<{ status: ConnectionStatus; connection: string | null }>
  >();
  readonly #connections = new Map<string, Said<ConnectionStatus>>();

  account(
    name: string,
    seq: number,
    value: { status: ConnectionStatus; connection: string | null },
  ): void {
    const before = this.#accounts.get(name);
    if (before === undefined || seq >= before.seq) this.#accounts.set(name, { seq, value });
  }

  connection(name: string, seq: number, value: ConnectionStatus): void {
    const before = this.#connections.get(name);
    if (before === undefined || seq >= before.seq) this.#connections.set(name, { seq, value });
  }

  /** True only when both the account and its connection, where one is known, were last said to be connected. */
  isConnected(account: string): boolean {
    const said = this.#accounts.get(account);
    if (said?.value.status !== 'connected') return false;
    const { connection } = said.value;
    const link = connection === null ? undefined : this.#connections.get(connection);
    // An account that spoke after its connection did knows better.
    return link === undefined || link.value === 'connected' || said.seq > link.seq;
  }
}
