/** What a chart takes from the style sheet, so that a theme is defined in one place. */
export interface ChartColours {
  readonly background: string;
  readonly text: string;
  readonly grid: string;
  readonly crosshair: string;
  readonly label: string;
  readonly labelText: string;
  readonly up: string;
  readonly down: string;
  readonly last: string;
  readonly position: string;
  readonly buy: string;
  readonly sell: string;
  readonly equity: string;
  readonly floor: string;
  readonly ownLimit: string;
  readonly peak: string;
  readonly fontFamily: string;
}

/** Reads the theme in force at an element. */
export function chartColours(element: Element): ChartColours {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: read('--panel'),
    text: read('--text-2'),
    grid: read('--line-soft'),
    crosshair: read('--text-3'),
    label: read('--raised'),
    labelText: read('--chart-label-text'),
    up: read('--gain'),
    down: read('--loss'),
    last: read('--text-2'),
    position: read('--position'),
    buy: read('--buy'),
    sell: read('--sell'),
    equity: read('--text'),
    floor: read('--danger'),
    ownLimit: read('--warning'),
    peak: read('--text-3'),
    fontFamily: style.fontFamily,
  };
}
