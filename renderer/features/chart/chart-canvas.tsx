import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AccountView, ChartView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk } from '../../app/desk-context.ts';
import { barWithLast, fillMarks, orderMarks, positionMarks } from '../../charts/chart-marks.ts';
import { createPriceChart, type PriceChart } from '../../charts/price-chart.ts';
import { priceText } from '../../format/price-text.ts';
import { instrumentNamed } from '../../state/selectors.ts';
import { useTheme } from '../../ui/theme.tsx';
import { useChartData } from './use-chart-data.ts';

interface ChartCanvasProps {
  readonly instrument: string;
  /** Null draws all accounts. */
  readonly account: string | null;
}

const NO_ACCOUNTS: AccountView[] = [];

/** Keeps one chart in step with the mirror. */
export function ChartCanvas({ instrument, account }: ChartCanvasProps) {
  const { chart: data, problem } = useChartData(instrument);
  const terms = useDesk(({ view }) => instrumentNamed(view, instrument));
  const [chart, attach] = usePriceChart();
  const tickSizeE8 = terms?.tickSizeE8;
  useEffect(() => {
    if (chart === null || tickSizeE8 === undefined || data === null) return;
    chart.setTerms(tickSizeE8);
    chart.setBars(data.bars);
    chart.setFills(fillMarks(data.fills, account));
  }, [chart, data, account, tickSizeE8]);
  useLastPrice(chart, data, terms ?? null);
  useLines(chart, instrument, account);
  return (
    <div className="chart-body">
      <div
        ref={attach}
        className="chart-canvas"
        role="img"
        aria-label={chartWords(instrument, terms?.last ?? null, tickSizeE8, data)}
      />
      {data?.bars.length === 0 && <p className="chart-none">No bars yet.</p>}
      {problem !== null && <p className="chart-none">The chart could not be read: {problem}</p>}
    </div>
  );
}

type Attach = (element: HTMLElement | null) => () => void;

function usePriceChart(): readonly [PriceChart | null, Attach] {
  const [chart, setChart] = useState<PriceChart | null>(null);
  const theme = useTheme();
  const attach = useCallback<Attach>((element) => {
    if (element === null) return () => undefined;
    const made = createPriceChart(element);
    setChart(made);
    return () => {
      made.destroy();
      setChart(null);
    };
  }, []);
  useEffect(() => chart?.recolour(), [chart, theme]);
  return [chart, attach];
}

/** The running bar follows the last price between two readings of the bars. */
function useLastPrice(
  chart: PriceChart | null,
  data: ChartView | null,
  terms: { readonly last: number | null; readonly quotedAt: number | null } | null,
): void {
  const running = useRef(data?.bars.at(-1));
  const last = terms?.last ?? null;
  const quotedAt = terms?.quotedAt ?? null;
  useEffect(() => {
    running.current = data?.bars.at(-1);
  }, [data]);
  useEffect(() => {
    if (chart === null || data === null || last === null || quotedAt === null) return;
    const bar = barWithLast(running.current, last, quotedAt);
    if (bar === null) return;
    running.current = bar;
    chart.updateBar(bar);
  }, [chart, data, last, quotedAt]);
}

function useLines(chart: PriceChart | null, instrument: string, account: string | null): void {
  const accounts = useDesk(({ view }) => view?.accounts ?? NO_ACCOUNTS);
  const lines = useMemo(() => {
    const shown = accounts.filter(({ name }) => account === null || name === account);
    return [...positionMarks(shown, instrument), ...orderMarks(shown, instrument)];
  }, [accounts, account, instrument]);
  // Drawn again only when a line really moved: accounts change with every quote.
  const key = JSON.stringify(lines);
  const drawn = useMemo(() => JSON.parse(key) as typeof lines, [key]);
  useEffect(() => chart?.setLines(drawn), [chart, drawn]);
}

function chartWords(
  instrument: string,
  last: number | null,
  tickSizeE8: number | undefined,
  data: ChartView | null,
): string {
  const price =
    last === null || tickSizeE8 === undefined ? 'not reported' : priceText(last, tickSizeE8);
  const bars = data === null ? 'loading' : `${String(data.bars.length)} one-minute bars`;
  const fills = data === null ? '' : `, ${String(data.fills.length)} fills`;
  return `Price chart of ${instrument}, ${bars}${fills}, last price ${price}`;
}
