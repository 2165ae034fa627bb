import { useCallback, useEffect, useState } from 'react';
import type { NewsView } from '../../../shared/protocol/ipc/risk-calls.ts';
import { useDesk, useDeskParts } from '../../app/desk-context.ts';
import { clockText, dateText } from '../../format/time-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { counted } from '../../words/flatten-words.ts';
import { FlattenControl } from '../flatten/flatten-control.tsx';
import { useRiskWish } from './use-risk-wish.ts';
import { WishAnswer } from './wish-answer.tsx';

type Reading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'read'; readonly news: NewsView };

/** The calendar of releases that news rules look at: how far it reaches, and the way to a new one. */
export function NewsDialog({ onClose }: { readonly onClose: () => void }) {
  const isDemo = useDesk(({ view }) => view?.mode === 'demo');
  const [reading, read] = useNews();
  const [state, ask] = useRiskWish('news.import');
  const bring = async (): Promise<void> => {
    await ask(undefined);
    read();
  };
  return (
    <Dialog title="News calendar" onClose={onClose} isDemo={isDemo} emergency={<FlattenControl />}>
      <div className="fields">
        {reading.kind === 'loading' && <p>Reading the calendar…</p>}
        {reading.kind === 'failed' && <p className="problem">{reading.message}</p>}
        {reading.kind === 'read' && <NewsFacts news={reading.news} />}
        <p className="field-note">
          A CSV file whose first line is <code>time,class,name</code>, then a line for each release
          such as <code>2026-12-04T08:30 America/New_York,NFP,Payrolls</code>. It replaces the
          calendar of before; a file with a mistake changes nothing.
        </p>
        <div className="field-row">
          <button
            type="button"
            className="button"
            disabled={state.kind === 'asking'}
            onClick={() => void bring()}
          >
            Choose the calendar…
          </button>
        </div>
        <WishAnswer state={state} />
      </div>
    </Dialog>
  );
}

function NewsFacts({ news }: { readonly news: NewsView }) {
  const { importedAt, releases, first, last, doubt } = news;
  if (importedAt === null || first === null || last === null) {
    return <p>No calendar was taken in. Rules about news releases cannot be judged without one.</p>;
  }
  return (
    <>
      <p>
        <b>{counted(releases, 'release')}</b> from {dateText(first)} to {dateText(last)}, taken in{' '}
        {dateText(importedAt)} {clockText(importedAt)}.
      </p>
      {doubt !== '' && <p className="problem">{doubt}</p>}
    </>
  );
}

function useNews(): readonly [Reading, () => void] {
  const { client } = useDeskParts();
  const [reading, setReading] = useState<Reading>({ kind: 'loading' });
  const read = useCallback((): void => {
    void client
      .call('news.read', undefined)
      .then((reply) =>
        setReading(
          reply.ok
            ? { kind: 'read', news: reply.value }
            : { kind: 'failed', message: reply.error.message },
        ),
      );
  }, [client]);
  useEffect(read, [read]);
  return [reading, read];
}
