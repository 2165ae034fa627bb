import { useShallow } from 'zustand/react/shallow';
import type { FeedEntryView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useHistory } from '../../app/desk-context.ts';
import { clockText } from '../../format/time-text.ts';
import type { VerdictChange, VerdictTrail } from '../../state/verdict-trail.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { severityState } from '../../words/health-words.ts';
import { ruleSeverity } from '../../words/risk-words.ts';
import type { DayRecall } from './use-day.ts';

interface VerdictTimelineProps {
  readonly account: string;
  readonly trail: VerdictTrail;
  readonly recall: DayRecall;
  readonly replayed: string | null;
  readonly onReplay: (id: string | null) => void;
}

/** Today's changes of verdicts, newest first, each of which can be replayed. */
export function VerdictTimeline({
  account,
  trail,
  recall,
  replayed,
  onReplay,
}: VerdictTimelineProps) {
  const since = useHistory((state) => state.since);
  return (
    <section aria-labelledby="verdict-timeline">
      <h3 id="verdict-timeline">Changes</h3>
      <ol className="trail">
        {[...trail].reverse().map((change) => (
          <ChangeLine
            key={change.id}
            change={change}
            isReplayed={change.id === replayed}
            onReplay={onReplay}
          />
        ))}
      </ol>
      {recall.kind === 'known' && recall.day !== null ? (
        <p className="panel-note">
          {trail.length === 0 ? 'No verdict has changed' : 'These are the changes'} of {recall.day}.
        </p>
      ) : (
        <Earlier account={account} isEmpty={trail.length === 0} since={since} />
      )}
    </section>
  );
}

interface EarlierProps {
  readonly account: string;
  readonly isEmpty: boolean;
  /** When the window opened. */
  readonly since: number | null;
}

/** Where the day is not known: what the account's events told before the window opened. */
function Earlier({ account, isEmpty, since }: EarlierProps) {
  const earlier = useEarlier(account, since);
  return (
    <>
      <p className="panel-note">
        {isEmpty ? 'No verdict has changed' : 'Changes above are those'} since{' '}
        {since === null ? 'the start' : clockText(since)}, when this window opened.
        {earlier.length > 0 && ' Told before that:'}
      </p>
      <ol className="trail">
        {earlier.map((entry) => (
          <li key={entry.id} className="trail-line">
            <time>{clockText(entry.at)}</time>
            <StateMark state={severityState(entry.severity)} />
            <span className="trail-what">{entry.text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What the account's events told before this window saw anything, newest first, without the common ones. */
function useEarlier(account: string, since: number | null): readonly FeedEntryView[] {
  return useDesk(
    useShallow(({ view }) =>
      (view?.feed ?? [])
        .filter((entry) => entry.account === account && entry.severity !== 'info')
        .filter(({ at }) => since !== null && at < since)
        .reverse(),
    ),
  );
}

interface ChangeLineProps {
  readonly change: VerdictChange;
  readonly isReplayed: boolean;
  readonly onReplay: (id: string | null) => void;
}

function ChangeLine({ change, isReplayed, onReplay }: ChangeLineProps) {
  const when = clockText(change.at);
  return (
    <li className="trail-line">
      <time>{when}</time>
      <StateMark state={stateAfter(change)} />
      <span className="trail-what">
        <b>{change.title}</b> {change.reason}
      </span>
      <button
        type="button"
        className="button is-small"
        aria-pressed={isReplayed}
        aria-label={`Replay ${change.title} at ${when}`}
        onClick={() => onReplay(isReplayed ? null : change.id)}
      >
        Replay
      </button>
    </li>
  );
}

function stateAfter({ to }: VerdictChange) {
  if (to === null) return { text: 'Gone', shape: 'ring', tone: 'quiet' } as const;
  return ruleSeverity(to);
}
