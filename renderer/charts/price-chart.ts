import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  LineStyle,
  type CandlestickData,
  type IChartApi,
  type IPriceLine,
  type SeriesMarker,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { ChartView } from '../../shared/protocol/ipc/views.ts';
import { MINUS } from '../format/money-text.ts';
import { priceText, tickDecimals } from '../format/price-text.ts';
import { chartColours, type ChartColours } from './chart-colours.ts';
import type { FillMark, PriceMark } from './chart-marks.ts';
import { baseOptions } from './chart-options.ts';

type BarView = ChartView['bars'][number];

/** One-minute candles of one instrument with fills, averages and orders. Prices come in as ticks. */
export interface PriceChart {
  setTerms(tickSizeE8: number): void;
  setBars(bars: readonly BarView[]): void;
  updateBar(bar: BarView): void;
  setFills(fills: readonly FillMark[]): void;
  setLines(lines: readonly PriceMark[]): void;
  /** Reads the theme in force again. */
  recolour(): void;
  destroy(): void;
}

const TICK_SCALE = 100_000_000;

/** Draws a chart into an element that it fills and follows in size. */
export function createPriceChart(element: HTMLElement): PriceChart {
  let colours = chartColours(element);
  let tickSizeE8 = 0;
  let lines: { mark: PriceMark; line: IPriceLine }[] = [];
  let fills: readonly FillMark[] = [];
  let isPlaced = false;
  const chart = createChart(element, { autoSize: true, ...baseOptions(colours) });
  const series = chart.addSeries(CandlestickSeries, seriesOptions(colours));
  const markers = createSeriesMarkers(series);
  const toPrice = (ticks: number): number => (ticks * tickSizeE8) / TICK_SCALE;
  const drawLines = (marks: readonly PriceMark[]): void => {
    for (const { line } of lines) series.removePriceLine(line);
    lines = marks.map((mark) => ({
      mark,
      line: series.createPriceLine(lineOptions(mark, toPrice(mark.ticks), colours)),
    }));
  };
  return {
    setTerms: (next) => {
      if (next === tickSizeE8) return;
      tickSizeE8 = next;
      series.applyOptions({ priceFormat: priceFormat(next) });
      drawLines(lines.map(({ mark }) => mark));
    },
    setBars: (bars) => {
      series.setData(bars.map((bar) => candle(bar, toPrice)));
      // Only once: later readings must not move a chart that the trader scrolled.
      if (!isPlaced && bars.length > 0) showRecent(chart, bars.length);
      isPlaced ||= bars.length > 0;
    },
    updateBar: (bar) => series.update(candle(bar, toPrice)),
    setFills: (next) => {
      fills = next;
      markers.setMarkers(fills.map((fill) => marker(fill, colours)));
    },
    setLines: drawLines,
    recolour: () => {
      colours = chartColours(element);
      chart.applyOptions(baseOptions(colours));
      series.applyOptions(seriesOptions(colours));
      markers.setMarkers(fills.map((fill) => marker(fill, colours)));
      drawLines(lines.map(({ mark }) => mark));
    },
    destroy: () => {
      markers.detach();
      chart.remove();
    },
  };
}

/** Bars on the screen at first, and the free room for labels right of the newest. */
const RECENT_BARS = 90;
const ROOM_BARS = 6;

function showRecent(chart: IChartApi, count: number): void {
  chart.timeScale().setVisibleLogicalRange({ from: count - RECENT_BARS, to: count + ROOM_BARS });
}

function priceFormat(tickSizeE8: number) {
  return {
    type: 'custom' as const,
    minMove: tickSizeE8 / TICK_SCALE,
    formatter: (price: number) =>
      priceText(Math.round((price * TICK_SCALE) / tickSizeE8), tickSizeE8),
    precision: tickDecimals(tickSizeE8),
  };
}

function seriesOptions(colours: ChartColours) {
  return {
    upColor: colours.background,
    borderUpColor: colours.up,
    wickUpColor: colours.up,
    downColor: colours.down,
    borderDownColor: colours.down,
    wickDownColor: colours.down,
    priceLineColor: colours.last,
    priceLineStyle: LineStyle.Dotted,
  };
}

function lineOptions(mark: PriceMark, price: number, colours: ChartColours) {
  const isPosition = mark.kind === 'position';
  return {
    price,
    color: isPosition ? colours.position : mark.kind === 'buy' ? colours.buy : colours.sell,
    lineWidth: 1 as const,
    lineStyle: isPosition ? LineStyle.Solid : LineStyle.Dashed,
    axisLabelVisible: true,
    axisLabelTextColor: colours.labelText,
    title: mark.label,
  };
}

function marker(fill: FillMark, colours: ChartColours): SeriesMarker<UTCTimestamp> {
  const isBuy = fill.side === 'buy';
  return {
    time: (fill.startsAt / 1000) as UTCTimestamp,
    position: isBuy ? 'belowBar' : 'aboveBar',
    shape: isBuy ? 'arrowUp' : 'arrowDown',
    color: isBuy ? colours.buy : colours.sell,
    text: `${isBuy ? '+' : MINUS}${String(fill.quantity)}`,
  };
}

function candle(bar: BarView, toPrice: (ticks: number) => number): CandlestickData<UTCTimestamp> {
  return {
    time: (bar.startsAt / 1000) as UTCTimestamp,
    open: toPrice(bar.open),
    high: toPrice(bar.high),
    low: toPrice(bar.low),
    close: toPrice(bar.close),
  };
}
