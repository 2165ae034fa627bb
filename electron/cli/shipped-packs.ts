import { join } from 'node:path';
import { ok } from '../../shared/kernel/result.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { SecondPlace } from '../../shared/domain/risk/protection/lock-evidence.ts';
import type { Rules } from '../../shared/protocol/rule-pack/rules.ts';
import type { GuardPlaces } from '../risk/guard-service.ts';
import { contentOf } from '../risk/pack-content.ts';
import { PackLibrary } from '../risk/pack-library.ts';

/** Where the project keeps its rule packs; source and bundle lie equally deep below it. */
export const shippedPacks = join(import.meta.dirname, '..', '..', 'resources', 'prop-firms');

/** A day on which the shipped packs were new, for runs that must not depend on the date. */
export const PACK_DAY = '2026-11-21';

/** The shipped packs as on a day, YYYY-MM-DD, without values of a trader. */
export function shippedLibrary(today: string): PackLibrary {
  const overrides = join(shippedPacks, 'no-overrides.json');
  return new PackLibrary({ packs: shippedPacks, overrides }, () => today);
}

/** Places for rules and locks that last as long as whoever holds them, for runs without a data folder. */
export function memoryPlaces(library: PackLibrary): GuardPlaces {
  const kept = new Map<string, Rules>();
  const locks = new Map<AccountName, SecondPlace>();
  return {
    library,
    archive: {
      keep: (rules) => {
        const content = contentOf(rules);
        kept.set(content, rules);
        return ok(content);
      },
      read: (content) => {
        const rules = kept.get(content);
        if (rules !== undefined) return ok(rules);
        return { ok: false, error: { code: 'NOT_KEPT', detail: content } };
      },
    },
    news: { read: () => null, write: () => ok(null) },
    locks: {
      accounts: () => [...locks.keys()],
      read: (account) => locks.get(account) ?? null,
      write: (account, placed) => {
        locks.set(account, { ...placed, isSealValid: true });
        return ok(null);
      },
    },
  };
}
