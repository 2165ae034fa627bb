import type { EpochMs } from '../../kernel/clock.ts';
import { isWeekday } from './civil-day.ts';
import type { Span } from './session.ts';
import { civilDayAt, instantOf, LONDON, NEW_YORK, TOKYO, type Zone } from './zone.ts';

export type OverlayName = 'Asia' | 'London' | 'New York';

interface Overlay {
  readonly name: OverlayName;
  readonly zone: Zone;
  /** In hours after midnight. */
  readonly from: number;
  readonly to: number;
}

const SECONDS_OF_HOUR = 3_600;

/** A convention among traders, not exchange hours: a centre's business day by its own clock, summer time included. */
const overlays: readonly Overlay[] = [
  { name: 'Asia', zone: TOKYO, from: 9, to: 18 },
  { name: 'London', zone: LONDON, from: 8, to: 17 },
  { name: 'New York', zone: NEW_YORK, from: 8, to: 17 },
];

/** The centres at work at an instant, from east to west: none, one, or two where they overlap. Holidays count as work. */
export function overlaysAt(at: EpochMs): readonly OverlayName[] {
  return overlays
    .filter((overlay) => {
      const span = spanOn(overlay, civilDayAt(overlay.zone, at));
      return span !== null && at >= span.opensAt && at < span.closesAt;
    })
    .map((overlay) => overlay.name);
}

/** When a centre is at work on a date of its own calendar, by day number; null at the weekend. */
export function overlaySpan(name: OverlayName, day: number): Span | null {
  const overlay = overlays.find((candidate) => candidate.name === name);
  return overlay === undefined ? null : spanOn(overlay, day);
}

function spanOn({ zone, from, to }: Overlay, day: number): Span | null {
  if (!isWeekday(day)) return null;
  return {
    opensAt: instantOf(zone, day, from * SECONDS_OF_HOUR),
    closesAt: instantOf(zone, day, to * SECONDS_OF_HOUR),
  };
}
