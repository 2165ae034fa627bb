import { err, ok, type Result } from '../../shared/kernel/result.ts';

/** Hosts the app may open in the trader's browser; exact names, no subdomains. */
export const OPENABLE_HOSTS: ReadonlySet<string> = new Set([
  'ninjatrader.com',
  'www.tradingview.com',
]);

export type LinkRefusal = {
  readonly code: 'NOT_A_URL' | 'NOT_HTTPS' | 'HAS_CREDENTIALS' | 'HAS_PORT' | 'UNKNOWN_HOST';
};

/** Decides whether a link may leave the app; answers with the parsed form, which is what gets opened. */
export function openableLink(link: unknown): Result<string, LinkRefusal> {
  if (typeof link !== 'string' || !URL.canParse(link)) return err({ code: 'NOT_A_URL' });
  const url = new URL(link);
  if (url.protocol !== 'https:') return err({ code: 'NOT_HTTPS' });
  if (url.username !== '' || url.password !== '') return err({ code: 'HAS_CREDENTIALS' });
  if (url.port !== '') return err({ code: 'HAS_PORT' });
  return OPENABLE_HOSTS.has(url.hostname) ? ok(url.href) : err({ code: 'UNKNOWN_HOST' });
}

/** The only way out to the trader's browser. */
export class SafeShell {
  readonly #open: (url: string) => Promise<void>;

  constructor(open: (url: string) => Promise<void>) {
    this.#open = open;
  }

  async openLink(link: unknown): Promise<Result<null, LinkRefusal>> {
    const decision = openableLink(link);
    if (!decision.ok) return decision;
    await this.#open(decision.value);
    return ok(null);
  }
}
