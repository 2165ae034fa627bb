export type ShapeName =
  | 'dot'
  | 'ring'
  | 'triangle'
  | 'diamond'
  | 'square'
  | 'cross'
  | 'hourglass'
  | 'lock'
  | 'right'
  | 'down';

const PATHS: Readonly<Record<ShapeName, string>> = {
  dot: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Z',
  ring: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Zm0 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  triangle: 'M8 2.2 14.6 13.6H1.4L8 2.2Z',
  diamond: 'M8 1.8 14.2 8 8 14.2 1.8 8 8 1.8Z',
  square: 'M3 3h10v10H3z',
  cross:
    'm3 4.6 1.6-1.6L8 6.4 11.4 3 13 4.6 9.6 8l3.4 3.4-1.6 1.6L8 9.6 4.6 13 3 11.4 6.4 8 3 4.6Z',
  hourglass: 'M3.5 2h9v2.4L9.6 8l2.9 3.6V14h-9v-2.4L6.4 8 3.5 4.4V2Z',
  lock: 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2H13v7H3V7h1.5Zm2 0h3V5a1.5 1.5 0 0 0-3 0v2Z',
  right: 'M5 2.5 12 8l-7 5.5v-11Z',
  down: 'M8 12.5 2.5 4h11L8 12.5Z',
};

/** A small sign beside a word; it carries no name because the word does. */
export function Shape({ name }: { readonly name: ShapeName }) {
  return (
    <svg className="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fillRule="evenodd" />
    </svg>
  );
}
