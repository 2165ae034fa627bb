import type { DayRecall } from './use-day.ts';

interface DayRecallNoteProps {
  readonly recall: DayRecall;
  readonly onAgain: () => void;
}

/** That what was before the window opened is not known, and how to ask again; nothing once it is known. */
export function DayRecallNote({ recall, onAgain }: DayRecallNoteProps) {
  if (recall.kind === 'known') return null;
  if (recall.kind === 'asking') return <p className="panel-note">Asking for the day so far…</p>;
  return (
    <p className="panel-note problem" role="status">
      What was before is not known: {recall.message}{' '}
      <button type="button" className="button is-small" onClick={onAgain}>
        Ask again
      </button>
    </p>
  );
}
