import { useHistory } from '../../app/desk-context.ts';
import { clockText } from '../../format/time-text.ts';
import type { VerdictChange, VerdictTrail } from '../../state/verdict-trail.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { ruleSeverity } from '../../words/risk-words.ts';

interface VerdictTimelineProps {
  readonly trail: VerdictTrail;
  readonly replayed: number | null;
  readonly onReplay: (id: number | null) => void;
}

/** Every change of a verdict that this window saw, newest first; pressing one shows the rules as they stood then. */
export function VerdictTimeline({ trail, replayed, onReplay }: VerdictTimelineProps) {
  const since = useHistory((state) => state.since);
  const from = since === null ? '' : ` since ${clockText(since)}, when this window opened`;
  return (
    <section aria-labelledby="verdict-timeline">
      <h3 id="verdict-timeline">Changes{from}</h3>
      {trail.length === 0 ? (
        <p className="risk-none">No verdict has changed. Earlier ones are among the events.</p>
      ) : (
        <ol className="trail">
          {[...trail].reverse().map((change) => (
            <li key={change.id} className="trail-line">
              <time>{clockText(change.at)}</time>
              <StateMark state={stateAfter(change)} />
              <span className="trail-what">
                <b>{change.title}</b> {change.reason}
              </span>
              <button
                type="button"
                className="button is-small"
                aria-pressed={change.id === replayed}
                aria-label={`Replay ${change.title} at ${clockText(change.at)}`}
                onClick={() => onReplay(change.id === replayed ? null : change.id)}
              >
                Replay
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function stateAfter({ to }: VerdictChange) {
  if (to === null) return { text: 'Gone', shape: 'ring', tone: 'quiet' } as const;
  return ruleSeverity(to);
}
