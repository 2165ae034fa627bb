import type { EquityView, TimelineView } from '../../../shared/protocol/ipc/risk-day.ts';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { seededNumbers } from './fake-bars.ts';
import { dollars } from './view-parts.ts';

const STEP_MS = 30_000;
const STEPS = 340;
/** The step at which the equity stands at its peak. */
const PEAK_AT = 70;

/** A day that ends where the account stands: a walk under its peak, with a floor that followed it. */
export function fakeCourse({ name, risk }: AccountView, at: number): EquityView {
  const { equity, peak, floor, own, day } = risk;
  if (equity === null || floor === null) return { account: name, day, points: [] };
  const top = peak ?? equity;
  const next = seededNumbers(name.length + equity);
  const values = [equity];
  while (values.length < STEPS) {
    const drift = (top - dollars(600) - (values[0] ?? equity)) / 90;
    const stride = Math.round((next() - 0.5) * dollars(90) + drift);
    values.unshift(Math.min(top, (values[0] ?? equity) + stride));
  }
  const end = Math.floor(at / 1_000) * 1_000 - STEP_MS;
  let high = Math.max(floor + dollars(1), top - dollars(700));
  const points = values.map((walked, place) => {
    const value = Math.round(walked + (top - walked) * Math.exp(-(((place - PEAK_AT) / 20) ** 2)));
    high = Math.max(high, value);
    const below = high - top;
    const level = own === null ? null : own.level + below;
    const when = end - (STEPS - 1 - place) * STEP_MS;
    return { at: when, equity: value, floor: floor + below, peak: high, own: level };
  });
  return { account: name, day, points };
}

/** Two changes that were told before the window opened: half of the room was used, then no more. */
export function fakeTimeline({ name, risk }: AccountView, at: number): TimelineView {
  const [first, ...others] = risk.verdicts;
  if (first === undefined || risk.rules === null) {
    return { account: name, day: risk.day, moments: [] };
  }
  const noticed = { ...first, severity: 'notice', reason: 'Half of the room is used.' } as const;
  const kept = { ...first, severity: 'ok', reason: 'The floor is kept.' } as const;
  const moment = (verdict: typeof noticed | typeof kept, from: 'ok' | 'notice', back: number) => ({
    at: at - back,
    binding: risk.binding,
    changes: [{ rule: verdict.id, from }],
    verdicts: [{ ...verdict, evaluatedAt: at - back }, ...others],
  });
  const moments = [moment(noticed, 'ok', 5_400_000), moment(kept, 'notice', 3_000_000)];
  return { account: name, day: risk.day, moments };
}
