import { MONEY_SCALE } from '../../../../shared/domain/money/money.ts';
import type { PackLibrary } from '../../../risk/pack-library.ts';
import type { LinkListener, PlatformLink } from '../../../engine/ports.ts';
import { Durations } from '../durations.ts';
import type { HeadlessDesk } from '../../headless-desk.ts';
import type { Stage } from '../stage.ts';
import { rounded } from '../statistics.ts';
import type { TrialTemplate } from './breach-draw.ts';
import { trialTemplates } from './trial-templates.ts';

export interface BreachLatencyReport {
  /** Breaches that were acted on in the turn of the message that told of them. */
  readonly breaches: number;
  /** Arrival of that message to the flatten frame handed to the socket. */
  readonly breachToFrameP50Ms: number | null;
  readonly breachToFrameP99Ms: number | null;
  readonly breachToFrameMaxMs: number | null;
  /** Processor time of the desk over the same way: what is more in the times above, others had the processor. */
  readonly breachToFrameCpuP99Ms: number | null;
  /** Acted on by a timer, once a doubtful figure had stood long enough; not in the times above. */
  readonly afterDoubt: number;
  readonly perSecond: number;
}

export interface BreachPlanInTime {
  /** Each with a desk and a platform of its own, for a breach locks its account for the day. */
  readonly rounds: number;
  /** A round ends when all accounts have been flattened, or after this time. */
  readonly roundMs: number;
}

const PER_SECOND = 5_000;
const ACCOUNTS = 20;
const INSTRUMENTS = 'ES,NQ,CL,GC,ZN';
const SIZE = 2;
const START = 100_000;
/** Share of the firm's room, in parts per thousand: an own limit that a flood's fast market soon breaks. */
const SAFETY = 250;

/** Breaches in the midst of a flood over a real socket, timed from the message to the flatten frame. */
export async function measureBreachLatency(
  stage: Stage,
  library: PackLibrary,
  plan: BreachPlanInTime,
): Promise<BreachLatencyReport> {
  const template = trialTemplates(library).find(({ start }) => start === START);
  if (template === undefined) throw new Error('No template starts with that balance.');
  const watch = new BreachWatch(() => stage.world.mono());
  let received = 0;
  let elapsedMs = 0;
  for (let round = 0; round < plan.rounds; round += 1) {
    const played = await playRound(stage, watch, { template, roundMs: plan.roundMs, round });
    received += played.received;
    elapsedMs += played.elapsedMs;
    stage.parts.note(`guard: round ${round + 1} of ${plan.rounds}, ${watch.inTurn.count} breaches`);
  }
  return {
    breaches: watch.inTurn.count,
    breachToFrameP50Ms: watch.inTurn.at(0.5),
    breachToFrameP99Ms: watch.inTurn.at(0.99),
    breachToFrameMaxMs: watch.inTurn.max,
    breachToFrameCpuP99Ms: watch.busy.at(0.99),
    afterDoubt: watch.afterDoubt,
    perSecond: elapsedMs === 0 ? 0 : rounded((received * 1_000) / elapsedMs, 0),
  };
}

async function playRound(
  stage: Stage,
  watch: BreachWatch,
  {
    template,
    roundMs,
    round,
  }: { readonly template: TrialTemplate; readonly roundMs: number; readonly round: number },
): Promise<{ readonly received: number; readonly elapsedMs: number }> {
  watch.begin();
  const desk = await stage.openDesk({
    folder: stage.folder('breaches'),
    tap: (listener) => watch.tap(listener),
  });
  desk.engine.attach(watch.link(desk.bridge));
  const flood = ['--flood', String(PER_SECOND), '--accounts', String(ACCOUNTS)];
  const trading = ['--cash', String(START), '--size', String(SIZE), '--instrument', INSTRUMENTS];
  const words = [...flood, ...trading, '--seed', `breaches-${round}`];
  const sender = stage.startSender(desk.pairingFile, words);
  const isReady = (): boolean => desk.engine.state().accounts.size === ACCOUNTS;
  if (!(await stage.until(isReady, 15_000))) {
    throw new Error(`The sender did not talk: ${sender.output}`);
  }
  assignAll(desk, template);
  const before = { at: stage.world.mono(), received: desk.bridge.received() };
  await stage.until(() => watch.flattened >= ACCOUNTS, roundMs);
  const elapsedMs = stage.world.mono() - before.at;
  const received = desk.bridge.received() - before.received;
  await sender.stop();
  await desk.stop();
  return { received, elapsedMs };
}

function assignAll({ engine }: HeadlessDesk, { id }: TrialTemplate): void {
  for (const account of engine.state().accounts.keys()) {
    const answer = engine.risk.assign({
      ...{ account, template: id, level: 'protect', safety: SAFETY, insists: true },
      // The flood trades already: without a peak nobody would know how high the account has been.
      ...{ start: 'fresh', peak: START * MONEY_SCALE, hasDailyLimit: false },
    });
    if (answer.outcome !== 'now') throw new Error(answer.message);
  }
}

/** Notes how long after a message's arrival the first flatten of an account leaves. */
class BreachWatch {
  readonly inTurn = new Durations();
  readonly busy = new Durations();
  afterDoubt = 0;
  readonly #now: () => number;
  #accounts = new Set<string>();
  /** When the message arrived that the desk is taking in; null between messages. */
  #arrivedAt: number | null = null;
  #usedBefore = process.cpuUsage();

  constructor(now: () => number) {
    this.#now = now;
  }

  get flattened(): number {
    return this.#accounts.size;
  }

  begin(): void {
    this.#accounts = new Set();
  }

  tap(listener: LinkListener): LinkListener {
    return {
      onStatus: (status) => listener.onStatus(status),
      onFact: (fact, stamp) => {
        this.#arrivedAt = stamp.mono;
        this.#usedBefore = process.cpuUsage();
        listener.onFact(fact, stamp);
        this.#arrivedAt = null;
      },
    };
  }

  link(bridge: PlatformLink): PlatformLink {
    return {
      status: () => bridge.status(),
      send: (command) => {
        const outcome = bridge.send(command);
        if (command.kind === 'flatten' && command.scope.kind === 'account' && outcome.ok) {
          this.#onSent(command.scope.account);
        }
        return outcome;
      },
    };
  }

  #onSent(account: string): void {
    if (this.#accounts.has(account)) return;
    this.#accounts.add(account);
    if (this.#arrivedAt === null) {
      this.afterDoubt += 1;
      return;
    }
    this.inTurn.add(this.#now() - this.#arrivedAt);
    const { user, system } = process.cpuUsage(this.#usedBefore);
    this.busy.add((user + system) / 1_000);
  }
}
