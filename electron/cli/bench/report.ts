import type { AddonReport } from './addon/addon.ts';
import type { BridgeReport } from './bridge-throughput.ts';
import type { EngineReport } from './engine-speed.ts';
import type { FaultMatrixReport } from './fault-matrix/fault-matrix.ts';
import type { FlattenReport } from './flatten-latency.ts';
import type { GuardReport } from './guard/guard.ts';
import type { LaunchReport } from './launch.ts';
import type { SoakReport } from './soak.ts';

export const MEASUREMENTS = [
  'bridge',
  'soak',
  'flatten',
  'launch',
  'faults',
  'engine',
  'addon',
  'guard',
] as const;
export type Measurement = (typeof MEASUREMENTS)[number];

/** Everything measured in one run on one machine; null for what was not asked for or could not be measured. */
export interface BenchReport {
  readonly at: string;
  readonly machine: {
    readonly platform: string;
    readonly processors: number;
    readonly model: string;
    readonly node: string;
    /** Processes waiting for a processor in the last minute before the run: what others were doing. */
    readonly load: number;
  };
  readonly short: boolean;
  readonly bridge: BridgeReport | null;
  readonly soak: SoakReport | null;
  readonly flatten: FlattenReport | null;
  readonly launch: LaunchReport | null;
  readonly faults: FaultMatrixReport | null;
  readonly engine: EngineReport | null;
  readonly addon: AddonReport | null;
  readonly guard: GuardReport | null;
}

export interface Goal {
  readonly name: string;
  readonly value: number | null;
  readonly bound: string;
  readonly met: boolean;
}

/** What is clearly beyond a limit is acted on within 250 ms, the finest step of the desk's timers allowed for. */
const ACTED_WITHIN_MS = 251;

/** The goals of what was measured. A figure that is missing is a goal that was not met. */
export function goalsOf(report: BenchReport): readonly Goal[] {
  const { bridge, soak, flatten, faults, engine, addon, guard } = report;
  const goals: Goal[] = [];
  const atLeast = (name: string, value: number | null, bound: number): void => {
    goals.push({ name, value, bound: `>= ${bound}`, met: value !== null && value >= bound });
  };
  const below = (name: string, value: number | null, bound: number): void => {
    goals.push({ name, value, bound: `< ${bound}`, met: value !== null && value < bound });
  };
  const none = (name: string, value: number): void => {
    goals.push({ name, value, bound: '0', met: value === 0 });
  };
  if (bridge !== null) {
    atLeast('bridge.ratio', bridge.ratio, 0.4);
    none('bridge.executions not journaled', bridge.executions - bridge.executionRows);
  }
  if (soak !== null) {
    none('soak.lost', soak.lost);
    none('soak.duplicated', soak.duplicated);
    none('soak.invented', soak.invented);
    below('soak.endToEndP99Ms', soak.endToEndP99Ms, 5);
    below('soak.eventLoopP99Ms', soak.eventLoopP99Ms, 20);
  }
  if (flatten !== null) below('flatten.firstFrameP99Ms', flatten.firstFrameP99Ms, 2);
  if (faults !== null) none('faults.wrong', faults.wrong);
  if (engine !== null && engine.startMs1M !== null) {
    below('engine.startMs1M', engine.startMs1M, 5_000);
  }
  if (addon !== null) {
    below('addon.handlerP99Ms', addon.handlerP99Ms, 1);
    none('addon.flattenWrong', addon.flattenWrong);
    none('addon.lost', addon.lost);
    none('addon.duplicated', addon.duplicated);
    none('addon.violations', addon.violations);
  }
  if (guard !== null) {
    below('guard.breachToFrameP99Ms', guard.breachToFrameP99Ms, 2);
    none('guard.falseFlattens', guard.falseFlattens);
    none('guard.lateBreaches', guard.lateBreaches);
    const { notFlat, guard: guarded } = guard.overshoot;
    none('guard.unacted', guarded.unacted);
    below('guard.beyondLimitMaxMs', guarded.beyondMs.max, ACTED_WITHIN_MS);
    none('guard.notFlat', notFlat);
    none('guard.floorsTouched', guarded.floorsTouched);
  }
  return goals;
}
