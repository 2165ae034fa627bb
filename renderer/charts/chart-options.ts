import { CrosshairMode, TickMarkType } from 'lightweight-charts';
import { clockText } from '../format/time-text.ts';
import type { ChartColours } from './chart-colours.ts';

/** What all charts of the window have in common. */
export function baseOptions(colours: ChartColours) {
  return {
    layout: {
      background: { color: colours.background },
      textColor: colours.text,
      fontFamily: colours.fontFamily,
      fontSize: 11,
      // The logo brings an inline style, which the content policy refuses; About carries the notice.
      attributionLogo: false,
    },
    grid: { vertLines: { color: colours.grid }, horzLines: { color: colours.grid } },
    crosshair: {
      mode: CrosshairMode.Normal,
      vertLine: { color: colours.crosshair, labelBackgroundColor: colours.label },
      horzLine: { color: colours.crosshair, labelBackgroundColor: colours.label },
    },
    rightPriceScale: { borderColor: colours.grid, scaleMargins: { top: 0.12, bottom: 0.12 } },
    timeScale: {
      borderColor: colours.grid,
      timeVisible: true,
      secondsVisible: false,
      tickMarkFormatter: (time: unknown, mark: TickMarkType) =>
        mark === TickMarkType.TimeWithSeconds ? secondText(time) : minuteText(time),
    },
    localization: { timeFormatter: (time: unknown) => minuteText(time) },
  };
}

/** Local wall time of the PC; the library itself would write UTC. */
function minuteText(time: unknown): string {
  return secondText(time).slice(0, 5);
}

function secondText(time: unknown): string {
  return typeof time === 'number' ? clockText(time * 1000) : '';
}
