import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useDeskParts } from '../../app/desk-context.ts';
import { spanText } from '../../format/time-text.ts';
import { bothClocks } from '../../format/zone-text.ts';
import { useNow } from '../../ui/clock.tsx';
import { Shape } from '../../ui/shape.tsx';
import { lockSource } from '../../words/risk-words.ts';

/** That no entry is let through, why, and until when; nothing without a lock. */
export function LockBanner({ account }: { readonly account: AccountView }) {
  const { ui } = useDeskParts();
  const now = useNow();
  const { lock } = account.risk;
  if (lock === null) return null;
  return (
    <section className="lock" aria-label={`Lock of ${account.displayName}`}>
      <p className="lock-title">
        <Shape name="lock" /> Entries locked {lockSource(lock.source)}
        <button
          type="button"
          className="button is-small"
          aria-label={`Ask to unlock ${account.displayName}`}
          onClick={() => ui.setState({ dialog: { kind: 'unlock', account: account.name } })}
        >
          Ask to unlock…
        </button>
      </p>
      <p>{lock.reason}</p>
      <p className="lock-end">
        {lock.until === null ? 'No end is set.' : `Ends ${bothClocks(lock.until, now)}.`}
      </p>
      <p className="lock-end">
        {lock.until !== null && `In ${spanText(lock.until - now)}. `}Exits always pass.
      </p>
      <OtherLocks account={account} />
    </section>
  );
}

/** Locks that end before the one above, each with its own reason and end. */
function OtherLocks({ account }: { readonly account: AccountView }) {
  const now = useNow();
  const { otherLocks } = account.risk;
  if (otherLocks.length === 0) return null;
  return (
    <ul className="lock-others" aria-label="Other locks">
      {otherLocks.map((lock) => (
        <li key={`${lock.source} ${String(lock.since)} ${lock.reason}`}>
          {lock.reason}{' '}
          {lock.until === null ? 'No end is set.' : `Ends ${bothClocks(lock.until, now)}.`}
        </li>
      ))}
    </ul>
  );
}
