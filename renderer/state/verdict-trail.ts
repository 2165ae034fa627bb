import type { RiskView, RuleView } from '../../shared/protocol/ipc/risk-view.ts';

type Severity = RuleView['severity'];

/** A change of one verdict, with all verdicts as they stood after it. */
export interface VerdictChange {
  /** Of its time, its rule and what it became; told twice, it is the same. */
  readonly id: string;
  readonly at: number;
  readonly rule: string;
  readonly title: string;
  /** Null for a rule that was not there before; one that comes and is kept is no change. */
  readonly from: Severity | null;
  /** Null for a rule that is gone. */
  readonly to: Severity | null;
  readonly reason: string;
  readonly verdicts: readonly RuleView[];
  /** Id of the rule that left the least. */
  readonly binding: string | null;
}

/** Changes of one account, oldest first. */
export type VerdictTrail = readonly VerdictChange[];

/** Changes kept for one account. */
export const TRAIL_LIMIT = 100;

/** Of a change by its time, its rule and what it became. */
export function changeId({ at, rule, to }: Pick<VerdictChange, 'at' | 'rule' | 'to'>): string {
  return `${String(at)} ${to ?? 'gone'} ${rule}`;
}

/** The trail after an account's risk changed. */
export function withVerdicts(
  trail: VerdictTrail,
  {
    before,
    after,
    at,
  }: { readonly before: RiskView; readonly after: RiskView; readonly at: number },
): VerdictTrail {
  if (before.verdicts === after.verdicts) return trail;
  const known = new Map(before.verdicts.map((verdict) => [verdict.id, verdict]));
  const moved = after.verdicts.flatMap((verdict) => {
    const from = known.get(verdict.id)?.severity ?? null;
    known.delete(verdict.id);
    const isNews = from === null ? verdict.severity !== 'ok' : from !== verdict.severity;
    return isNews ? [{ verdict, from, to: verdict.severity }] : [];
  });
  const gone = [...known.values()].map((verdict) => ({
    verdict,
    from: verdict.severity,
    to: null,
  }));
  const added = [...moved, ...gone].map(({ verdict, from, to }) => ({
    id: changeId({ at, rule: verdict.id, to }),
    at,
    rule: verdict.id,
    title: verdict.title,
    from,
    to,
    reason: to === null ? 'The rule no longer applies.' : verdict.reason,
    verdicts: after.verdicts,
    binding: after.binding,
  }));
  return added.length === 0 ? trail : [...trail, ...added].slice(-TRAIL_LIMIT);
}
