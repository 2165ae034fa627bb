import type { FlattenRecord } from './record.ts';
import type { FlattenScope } from './scope.ts';

/**
 * The records of flattens that a restart still needs, in order: those of every flatten that has not ended,
 * and of the last ended one of each scope, whose proof is shown.
 */
export class KeptFlattenRecords {
  #records: FlattenRecord[] = [];
  readonly #scopes = new Map<string, string>();
  /** The last ended flatten of each scope. */
  readonly #ended = new Map<string, string>();

  constructor(records: readonly FlattenRecord[] = []) {
    for (const record of records) this.add(record);
  }

  add(record: FlattenRecord): void {
    const { flattenId } = record;
    this.#records.push(record);
    if (record.kind === 'flatten.requested') this.#scopes.set(flattenId, keyOf(record.scope));
    else if (endsFlatten(record)) this.#end(flattenId);
  }

  all(): readonly FlattenRecord[] {
    return [...this.#records];
  }

  #end(flattenId: string): void {
    const scope = this.#scopes.get(flattenId);
    if (scope === undefined) return;
    const before = this.#ended.get(scope);
    this.#ended.set(scope, flattenId);
    if (before === undefined || before === flattenId) return;
    this.#scopes.delete(before);
    this.#records = this.#records.filter((kept) => kept.flattenId !== before);
  }
}

function endsFlatten({ kind }: FlattenRecord): boolean {
  return kind === 'flatten.confirmed' || kind === 'flatten.refused' || kind === 'flatten.disarmed';
}

function keyOf(scope: FlattenScope): string {
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'account':
      return `account\n${scope.account}`;
    case 'instrument':
      return `instrument\n${scope.account}\n${scope.instrument}`;
  }
}
