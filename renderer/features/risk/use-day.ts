import { useEffect, useState } from 'react';
import { useDesk, useDeskParts } from '../../app/desk-context.ts';
import { recallDay } from '../../state/history-store.ts';

/** Whether what was before the window opened is known. */
export type DayRecall =
  | { readonly kind: 'asking' }
  /** The day as YYYY-MM-DD; null while the engine remembers nothing of the account. */
  | { readonly kind: 'known'; readonly day: string | null }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Asks for the running day of an account when it is opened, when its day changes, and when the mirror has missed
 * something. An answer for another account than the one that is shown comes too late and is dropped.
 */
export function useDay(account: string): readonly [DayRecall, () => void] {
  const { client, history } = useDeskParts();
  const day = useDesk(({ view }) => view?.accounts.find(({ name }) => name === account)?.risk.day);
  const isLive = useDesk(({ mirror }) => mirror === 'live');
  const [asked, setAsked] = useState(0);
  const [recall, setRecall] = useState<DayRecall>({ kind: 'asking' });
  useEffect(() => {
    if (!isLive) return;
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const [equity, timeline] = await Promise.all([
        client.call('risk.equity', { account }),
        client.call('risk.timeline', { account }),
      ]);
      if (!isWanted) return;
      const failed = [equity, timeline].find((reply) => !reply.ok);
      if (failed?.ok === false) setRecall({ kind: 'failed', message: failed.error.message });
      if (!equity.ok || !timeline.ok) return;
      recallDay(history, equity.value, timeline.value);
      setRecall({ kind: 'known', day: equity.value.day });
    };
    void ask();
    return () => {
      isWanted = false;
    };
  }, [client, history, account, day, isLive, asked]);
  const again = (): void => {
    setRecall({ kind: 'asking' });
    setAsked((count) => count + 1);
  };
  return [recall, again];
}
