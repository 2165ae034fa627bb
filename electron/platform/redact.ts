import type { LogFields } from '../../shared/kernel/log.ts';

const MAX_TEXT = 2_000;
const MAX_ACCOUNTS = 1_000;

/** A 32-byte key, nonce or proof in base64 or hex. */
const SECRETS = /[A-Za-z0-9+/_-]{43}=|\b[0-9a-fA-F]{64}\b/g;

/** The user's folder on any system, with single or escaped separators; the name in it is a person's. */
const HOMES = /(?:[A-Za-z]:[\\/]+Users[\\/]+|\/(?:home|Users)\/)[^\\/\s"']+/g;

/** Takes out of a log what is nobody's business: keys, account names, the user's name in paths. */
export class Redactor {
  readonly #homes: readonly string[];
  readonly #aliases = new Map<string, string>();
  #accounts: RegExp | null = null;

  /** `homes`: folders written as `~`, such as the user's home where it is not in the usual place. */
  constructor(homes: readonly string[]) {
    this.#homes = homes.filter((home) => home.length > 1);
  }

  /** The stable alias of an account; from now on its name is also replaced inside other texts. */
  account(name: string): string {
    const known = this.#aliases.get(name);
    if (known !== undefined) return known;
    if (this.#aliases.size >= MAX_ACCOUNTS) return '[account]';
    const alias = `account-${this.#aliases.size + 1}`;
    this.#aliases.set(name, alias);
    const longestFirst = [...this.#aliases.keys()].sort((a, b) => b.length - a.length);
    const names = longestFirst.map(escapePattern).join('|');
    this.#accounts = new RegExp(`(?<![A-Za-z0-9])(?:${names})(?![A-Za-z0-9])`, 'gi');
    return alias;
  }

  text(text: string): string {
    let clean = text.replace(SECRETS, '[secret]');
    for (const home of this.#homes) clean = clean.replaceAll(home, '~');
    clean = clean.replace(HOMES, '~');
    if (this.#accounts !== null) {
      clean = clean.replace(this.#accounts, (name) => this.#aliasOf(name));
    }
    return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}...` : clean;
  }

  fields(fields: LogFields): LogFields {
    // Accounts first: their names may stand in the other fields as well.
    const account = fields['account'];
    if (typeof account === 'string') this.account(account);
    const clean: Record<string, LogFields[string]> = {};
    for (const [key, value] of Object.entries(fields)) {
      if (typeof value !== 'string') clean[key] = value;
      else clean[key] = key === 'account' ? this.account(value) : this.text(value);
    }
    return clean;
  }

  /** Names are matched in any case, as NinjaTrader compares them. */
  #aliasOf(name: string): string {
    const exact = this.#aliases.get(name);
    if (exact !== undefined) return exact;
    const lower = name.toLowerCase();
    for (const [known, alias] of this.#aliases) if (known.toLowerCase() === lower) return alias;
    return '[account]';
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
