import {
  createChart,
  LineSeries,
  LineStyle,
  LineType,
  type ISeriesApi,
  type LineData,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts';
import { moneyText } from '../format/money-text.ts';
import type { EquityLine, EquityPoint } from '../state/equity-line.ts';
import { chartColours, type ChartColours } from './chart-colours.ts';
import { baseOptions } from './chart-options.ts';

/** Equity of one account with the firm's floor, the own limit and the peak. Money comes in ten-thousandths. */
export interface EquityChart {
  setLine(line: EquityLine): void;
  /** Reads the theme in force again. */
  recolour(): void;
  destroy(): void;
}

type Level = Exclude<keyof EquityPoint, 'at'>;

const LEVELS: readonly Level[] = ['peak', 'own', 'floor', 'equity'];

const TITLES: Readonly<Record<Level, string>> = {
  equity: 'Equity',
  floor: 'Firm\u2019s floor',
  own: 'Your limit',
  peak: 'Peak',
};

const MONEY_SCALE = 10_000;

/** Draws a chart into an element that it fills and follows in size. */
export function createEquityChart(element: HTMLElement, currency: string): EquityChart {
  const colours = chartColours(element);
  const chart = createChart(element, { autoSize: true, ...chartOptions(colours) });
  const series = LEVELS.map((level): readonly [Level, ISeriesApi<'Line'>] => [
    level,
    chart.addSeries(LineSeries, seriesOptions(level, colours, currency)),
  ]);
  let isTouched = false;
  const touch = (): void => {
    isTouched = true;
  };
  element.addEventListener('wheel', touch, { passive: true });
  element.addEventListener('pointerdown', touch);
  return {
    setLine: (line) => {
      for (const [level, one] of series) one.setData(line.map((point) => dataOf(point, level)));
      // All of it is shown until the trader scrolls; then nothing may move under the pointer.
      if (!isTouched) chart.timeScale().fitContent();
    },
    recolour: () => {
      const fresh = chartColours(element);
      chart.applyOptions(chartOptions(fresh));
      for (const [level, one] of series) one.applyOptions(seriesOptions(level, fresh, currency));
    },
    destroy: () => {
      element.removeEventListener('wheel', touch);
      element.removeEventListener('pointerdown', touch);
      chart.remove();
    },
  };
}

function chartOptions(colours: ChartColours) {
  const base = baseOptions(colours);
  const timeScale = { ...base.timeScale, secondsVisible: true, rightOffset: 2, minBarSpacing: 0.1 };
  return { ...base, timeScale };
}

function seriesOptions(level: Level, colours: ChartColours, currency: string) {
  const isEquity = level === 'equity';
  return {
    title: TITLES[level],
    color: colourOf(level, colours),
    lineWidth: isEquity ? (2 as const) : (1 as const),
    lineStyle:
      level === 'own' ? LineStyle.Dashed : level === 'peak' ? LineStyle.Dotted : LineStyle.Solid,
    lineType: isEquity ? LineType.Simple : LineType.WithSteps,
    priceLineVisible: false,
    crosshairMarkerVisible: isEquity,
    priceFormat: {
      type: 'custom' as const,
      minMove: 0.01,
      formatter: (value: number) => moneyText(Math.round(value * MONEY_SCALE), currency),
    },
  };
}

function colourOf(level: Level, colours: ChartColours): string {
  if (level === 'own') return colours.ownLimit;
  return colours[level];
}

/** A value that is not known leaves a gap. */
function dataOf(
  point: EquityPoint,
  level: Level,
): LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp> {
  const time = (point.at / 1_000) as UTCTimestamp;
  const value = point[level];
  return value === null ? { time } : { time, value: value / MONEY_SCALE };
}
