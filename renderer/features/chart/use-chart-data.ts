import { useEffect, useState } from 'react';
import type { ChartView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts } from '../../app/desk-context.ts';
import { instrumentNamed } from '../../state/selectors.ts';

const MINUTE_MS = 60_000;

export interface ChartData {
  readonly chart: ChartView | null;
  readonly problem: string | null;
}

const NOTHING: ChartData = { chart: null, problem: null };

/** Bars and fills of an instrument, read again when a minute ends, a fill arrives or the link comes back. */
export function useChartData(instrument: string): ChartData {
  const { client } = useDeskParts();
  const [data, setData] = useState<ChartData>(NOTHING);
  const minute = useDesk(({ view }) =>
    Math.floor((instrumentNamed(view, instrument)?.quotedAt ?? 0) / MINUTE_MS),
  );
  const fills = useDesk(
    ({ view }) => view?.accounts.reduce((sum, account) => sum + account.fillsToday, 0) ?? 0,
  );
  const link = useDesk(({ view }) => view?.bridge.state ?? null);
  useEffect(() => {
    let isWanted = true;
    void client.call('chart.read', { instrument }).then((reply) => {
      if (!isWanted) return;
      if (reply.ok) setData({ chart: reply.value, problem: null });
      else setData((last) => ({ ...last, problem: reply.error.message }));
    });
    return () => {
      isWanted = false;
    };
  }, [client, instrument, minute, fills, link]);
  return data;
}
