import { memo, useMemo } from 'react';
import type { FeedEntryView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts, useUi } from '../../app/desk-context.ts';
import { clockText } from '../../format/time-text.ts';
import { Shape } from '../../ui/shape.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { severityState } from '../../words/health-words.ts';

const NO_ENTRIES: FeedEntryView[] = [];

/** What happened, in plain words, newest first. */
export function FeedPanel() {
  const { ui } = useDeskParts();
  const feed = useDesk(({ view }) => view?.feed ?? NO_ENTRIES);
  const importantOnly = useUi((state) => state.importantOnly);
  const entries = useMemo(
    () => [...feed].reverse().filter((entry) => !importantOnly || entry.severity !== 'info'),
    [feed, importantOnly],
  );
  return (
    <section className="panel feed" aria-label="Events">
      <header className="panel-head">
        <h2>Events</h2>
        <label className="check">
          <input
            type="checkbox"
            checked={importantOnly}
            onChange={(event) => ui.setState({ importantOnly: event.target.checked })}
          />
          Without info
        </label>
      </header>
      <div
        className="feed-list"
        role="log"
        aria-live="polite"
        aria-label="Events, newest first"
        tabIndex={0}
      >
        <ol>
          {entries.map((entry) => (
            <FeedLine key={entry.id} entry={entry} />
          ))}
        </ol>
        {entries.length === 0 && <p className="feed-none">Nothing has happened yet.</p>}
      </div>
    </section>
  );
}

const FeedLine = memo(function Line({ entry }: { readonly entry: FeedEntryView }) {
  return (
    <li className={`feed-line is-${entry.severity}`}>
      <time>{clockText(entry.at)}</time>
      <span className="feed-text">
        <Severity severity={entry.severity} /> {entry.account !== null && <b>{entry.account} </b>}
        <Unbroken text={entry.text} />
      </span>
    </li>
  );
});

/** Shape and word; the word of the most common kind is only read aloud. */
function Severity({ severity }: Pick<FeedEntryView, 'severity'>) {
  const state = severityState(severity);
  if (severity !== 'info') return <StateMark state={state} />;
  return (
    <span className="state-mark tone-quiet">
      <Shape name={state.shape} />
      <span className="only-read">{state.text}</span>
    </span>
  );
}
