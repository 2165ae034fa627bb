import type { Fact, Stamp } from '../../../../../shared/domain/desk/fact.ts';
import { AddonWorld } from '../addon-world.ts';
import type { Violation } from '../host-answers.ts';
import { FlattenWatch } from './flatten-watch.ts';
import { judge, type Wrong } from './judge.ts';
import { TradingFloor } from './trading-floor.ts';
import type { BatchPlan, Disruption, Trial } from './trial.ts';

export interface Verdict {
  readonly seed: string;
  readonly kind: string;
  readonly disruption: Disruption;
  readonly outcome: 'confirmed' | 'alarmed' | 'wrong';
  /** From press to proof in milliseconds, the ten-second watch included; null without a proof. */
  readonly tookMs: number | null;
  readonly wrongs: readonly Wrong[];
  /** Milliseconds after the press, and what happened. */
  readonly timeline: readonly string[];
}

export interface BatchResult {
  readonly verdicts: readonly Verdict[];
  /** What the AddOn did that NinjaTrader forbids. */
  readonly violations: readonly Violation[];
}

const LOOK_MS = 100;

/** Plays the trials of a batch side by side in one NinjaTrader, in real time. @param folder empty, removed by the caller. */
export async function playBatch(
  plan: BatchPlan,
  folder: string,
  onOpen: (close: () => Promise<void>) => () => void = () => () => undefined,
): Promise<BatchResult> {
  const batch = new Batch(plan);
  const world = await AddonWorld.open({
    folder,
    relay: plan.disruption === 'lineCut',
    keepsFacts: false,
    onFact: (fact, stamp) => batch.hear(fact, stamp),
  });
  const forget = onOpen(() => world.close());
  try {
    return await batch.play(world);
  } finally {
    forget();
    await world.close();
  }
}

class Batch {
  readonly #plan: BatchPlan;
  readonly #watches: FlattenWatch[] = [];
  readonly #violations: Violation[] = [];

  constructor(plan: BatchPlan) {
    this.#plan = plan;
  }

  hear(fact: Fact, stamp: Stamp): void {
    for (const watch of this.#watches) watch.hear(fact, stamp);
  }

  async play(world: AddonWorld): Promise<BatchResult> {
    const floor = new TradingFloor(world, this.#plan.trials);
    await floor.open();
    this.#look(world);
    const disrupted = this.#disrupt(world, floor);
    if (this.#plan.press === 'everything') await this.#pressEverything(world, floor);
    else await Promise.all(this.#plan.trials.map((trial) => this.#press(world, floor, trial)));
    await disrupted;
    await this.#ended(world, floor);
    const verdicts: Verdict[] = [];
    for (const watch of this.#watches) verdicts.push(await this.#judge(watch, floor));
    this.#violations.push(...world.host.violations);
    return { verdicts, violations: this.#violations };
  }

  async #press(world: AddonWorld, floor: TradingFloor, trial: Trial): Promise<void> {
    if (this.#plan.disruption !== 'platformCrash') await floor.pause(trial.pressAtMs);
    await floor.enter(trial);
    await world.until('a desk to press at', () => world.isOpen);
    const stamp = { wall: world.clock.wall(), mono: world.clock.mono() };
    const { flattenId } = world.desk.engine.flatten(trial.scope, 'headless');
    const watch = new FlattenWatch(trial, flattenId, stamp);
    this.#watches.push(watch);
    for (const { afterMs, step, given } of trial.happenings) {
      world.clock.after(afterMs, () => {
        watch.note(this.#now(world), `${step} ${JSON.stringify(given)}`);
        void world.host.do(step, given);
      });
    }
    for (const afterMs of trial.presses) {
      world.clock.after(afterMs, () => void world.desk.engine.flatten(trial.scope, 'headless'));
    }
  }

  async #pressEverything(world: AddonWorld, floor: TradingFloor): Promise<void> {
    await Promise.all(this.#plan.trials.map((trial) => floor.enter(trial)));
    const { flattenId } = world.desk.engine.flatten({ kind: 'all' }, 'headless');
    const now = this.#now(world);
    for (const trial of this.#plan.trials) {
      this.#watches.push(new FlattenWatch(trial, flattenId, now));
    }
  }

  /** Sees every change of a flatten on the desk that is open now. */
  #look(world: AddonWorld): void {
    const see = (views: ReturnType<typeof world.desk.engine.view>['flattens']): void => {
      for (const view of views) {
        for (const watch of this.#watches) {
          if (watch.flattenId !== view.id) continue;
          // A later press on the same scope takes the proof's place.
          const proof = view.state === 'confirmed' ? world.desk.engine.proof(view.id) : null;
          watch.see(view, proof, this.#now(world));
        }
      }
    };
    see(world.desk.engine.view().flattens);
    world.desk.engine.onPatch(({ flattens }) => see(flattens ?? []));
  }

  async #disrupt(world: AddonWorld, floor: TradingFloor): Promise<void> {
    const { disruption, disruptedAtMs, awayMs } = this.#plan;
    if (disruption === 'none') return;
    let now = 0;
    for (const atMs of disruptedAtMs) {
      await floor.pause(atMs - now);
      for (const watch of this.#watches) watch.note(this.#now(world), disruption);
      await this.#disruptOnce(world, floor, awayMs);
      now = atMs;
    }
  }

  async #disruptOnce(world: AddonWorld, floor: TradingFloor, awayMs: number): Promise<void> {
    switch (this.#plan.disruption) {
      case 'appRestart':
        await world.closeDesk();
        await floor.pause(awayMs);
        await world.openDesk();
        this.#look(world);
        return;
      case 'lineCut':
        world.relay.cut({ stays: true });
        await floor.pause(awayMs);
        world.relay.mend();
        return;
      case 'hotReload':
        await world.host.hotReload();
        return;
      case 'platformCrash':
        this.#violations.push(...world.host.violations);
        await floor.crash(awayMs);
        return;
      case 'none':
    }
  }

  async #ended(world: AddonWorld, floor: TradingFloor): Promise<void> {
    while (!this.#watches.every((watch) => watch.isOver(world.clock.mono()))) {
      await floor.pause(LOOK_MS);
    }
  }

  async #judge(watch: FlattenWatch, floor: TradingFloor): Promise<Verdict> {
    const { trial, tookMs, told } = watch;
    const history = await floor.history(trial.account);
    const wrongs = judge(trial, told, history);
    const peaceful = told.proof === null ? 'alarmed' : 'confirmed';
    return {
      seed: trial.seed,
      kind: trial.kind,
      disruption: this.#plan.disruption,
      outcome: wrongs.length > 0 ? 'wrong' : peaceful,
      tookMs,
      wrongs,
      timeline: [...watch.timeline, ...brokerLines(history, watch.pressedAt.wall)],
    };
  }

  #now(world: AddonWorld): Stamp {
    return { wall: world.clock.wall(), mono: world.clock.mono() };
  }
}

/** The broker's books as lines, after the press. */
function brokerLines(
  { orders, fills }: Awaited<ReturnType<TradingFloor['history']>>,
  pressedAt: number,
): readonly string[] {
  const at = (utcMs: number): number => Math.round(utcMs - pressedAt);
  return [
    ...orders.map(
      ({ name, action, quantity, instrument, end, ...life }) =>
        `${at(life.arrivedUtcMs)} broker: ${name} ${action} ${quantity} ${instrument}` +
        ` ${life.ended === 0 ? 'lives' : `${end} at ${at(life.endedUtcMs)}`}`,
    ),
    ...fills.map(
      ({ orderName, quantity, positionAfter, utcMs }) =>
        `${at(utcMs)} broker: ${orderName} filled ${quantity}, position ${positionAfter}`,
    ),
  ];
}
