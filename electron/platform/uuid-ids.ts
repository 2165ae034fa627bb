import { randomUUID } from 'node:crypto';
import type { IdKind, Ids } from '../../shared/kernel/ids.ts';

/** Identifiers that stay unique across runs, machines and reinstalls. */
export class UuidIds implements Ids {
  next(kind: IdKind): string {
    return `${kind}-${randomUUID()}`;
  }
}
