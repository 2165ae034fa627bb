import { z } from 'zod';

export const WindowBounds = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
  maximized: z.boolean(),
});
export type WindowBounds = z.infer<typeof WindowBounds>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Smallest window that still shows the flatten control and one account. */
export const MINIMUM_SIZE = { width: 900, height: 600 } as const;
const DEFAULT_SIZE = { width: 1360, height: 860 } as const;

/** How much of the title bar must lie on a screen for the window to be reachable, in pixels. */
const REACHABLE = { width: 120, height: 40 } as const;

export type Placement =
  | { readonly kind: 'centred'; readonly width: number; readonly height: number }
  | ({ readonly kind: 'placed'; readonly maximized: boolean } & Area);

/** Where the window opens: where it was, unless no present screen shows enough of it to take hold of. */
export function placeWindow(remembered: WindowBounds | null, screens: readonly Area[]): Placement {
  if (remembered === null || !screens.some((screen) => isReachable(remembered, screen))) {
    return { kind: 'centred', ...DEFAULT_SIZE };
  }
  return {
    kind: 'placed',
    x: remembered.x,
    y: remembered.y,
    width: Math.max(MINIMUM_SIZE.width, remembered.width),
    height: Math.max(MINIMUM_SIZE.height, remembered.height),
    maximized: remembered.maximized,
  };
}

function isReachable(window: Area, screen: Area): boolean {
  const left = Math.max(window.x, screen.x);
  const right = Math.min(window.x + window.width, screen.x + screen.width);
  const topBarSeen =
    window.y >= screen.y && window.y + REACHABLE.height <= screen.y + screen.height;
  return topBarSeen && right - left >= REACHABLE.width;
}
