import type { PlatformEvent } from '../../../../../shared/simulation/platform-event.ts';
import type { AccountItemName } from '../../../../../shared/domain/account/account.ts';
import { money, ZERO_MONEY } from '../../../../../shared/domain/money/money.ts';
import { calm, dip, type BadTickCase } from './bad-tick-case.ts';
import type { BadTickScene } from './bad-tick-scene.ts';

const FIGURES: readonly AccountItemName[] = ['netLiquidation', 'unrealizedProfitLoss'];
/** A spike that is over before it may be believed. */
const SPIKE_MS = [10, 230] as const;

/** The limit holds in all of these, whatever is told. */
export const HARMLESS_CASES: readonly BadTickCase[] = [
  harmless('a spike of the net liquidation alone', calm, spikeOf(['netLiquidation'])),
  harmless('a spike of the cash alone', calm, spikeOf(['cashValue'])),
  harmless('a spike of the open profit alone', calm, spikeOf(['unrealizedProfitLoss'])),
  harmless('a high that never was, and then a loss', dip, (scene) =>
    figureSpike(scene, FIGURES, -scene.lossOf(scene.absurdTicks())),
  ),
  harmless('a spike of the price alone', calm, (scene) => quoteSpike(scene, scene.absurdTicks())),
  harmless('a price that never was, and then a loss', dip, (scene) =>
    quoteSpike(scene, -scene.absurdTicks()),
  ),
  harmless('a spike of price and figures for less than 250 ms', calm, bothSpike),
  harmless('spike after spike of the figures', dip, (scene) =>
    scene.repeat(12, 300, () => spikeOf(FIGURES)(scene)),
  ),
  harmless('zeros as the connection is lost', dip, (scene) => {
    scene.platform.terminal.disconnect(scene.terminal, true);
    scene.after(3_000, () => scene.platform.terminal.reconnect(scene.terminal));
  }),
  harmless('zeros while the connection stands', dip, zeros),
  harmless('one burst of zeros', calm, (scene) => {
    scene.platform.terminal.sendZeros(scene.terminal);
    scene.after(60, () => scene.tellItems(0, [...scene.terminal.items.keys()]));
  }),
  harmless('nothing of the account and the market while the line lives', dip, (scene) =>
    scene.spoilFor(8_000, () => []),
  ),
  {
    name: 'nothing at all over a line that stays up',
    market: dip,
    faults: [{ kind: 'halfOpen', on: 'start', atMs: 0, forMs: 9_000 }],
    expects: 'nothing',
  },
  {
    name: 'a frozen market that goes on lower',
    market: dip,
    faults: [{ kind: 'pausedMarket', instrument: null, on: 'start', atMs: 0, forMs: 2_500 }],
    expects: 'nothing',
  },
  harmless('the fills of the day once more after a lost connection', dip, (scene) => {
    scene.platform.terminal.disconnect(scene.terminal, false);
    scene.after(2_000, () => scene.platform.terminal.reconnect(scene.terminal));
  }),
  {
    name: 'everything again after a broken line',
    market: dip,
    faults: [{ kind: 'linkDrop', on: 'start', atMs: 200, forMs: null }],
    expects: 'nothing',
  },
  harmless('figures late and out of order', dip, (scene) => lateFigures(scene, 6_000)),
  {
    name: 'a wrong first figure after a new connection',
    market: calm,
    faults: [{ kind: 'linkDrop', on: 'start', atMs: 200, forMs: null }],
    trouble: wrongFirstFigure,
    expects: 'nothing',
  },
  harmless('figures without a value', dip, (scene) =>
    scene.spoilFor(4_000, (event) => [withoutValue(event)]),
  ),
  harmless('figures that are no numbers', dip, (scene) =>
    scene.rewriteFor(4_000, (frame) =>
      frame.includes('"accountItem"') ? frame.replace(/"value":-?[\d.]+/, '"value":NaN') : frame,
    ),
  ),
  harmless('an account without a currency', dip, (scene) => {
    scene.rewriteFor(6_000, (frame) => frame.replaceAll('"currency":"USD",', ''));
    scene.after(200, () => scene.tell(accountOf(scene)));
  }),
];

/** Holds every figure of the account back for a time of its own. */
export function lateFigures(scene: BadTickScene, forMs: number): void {
  scene.spoilFor(forMs, (event) => {
    if (event.kind !== 'item') return [event];
    scene.after(scene.random.int(0, 400), () => scene.release(event));
    return [];
  });
}

export function quoteSpike(scene: BadTickScene, against: number): void {
  scene.tellQuote(-scene.sign * against);
  scene.after(scene.random.int(...SPIKE_MS), () => scene.tellQuote(0));
}

export function figureSpike(
  scene: BadTickScene,
  items: readonly AccountItemName[],
  offBy: number,
): void {
  scene.tellItems(offBy, items);
  scene.after(scene.random.int(...SPIKE_MS), () => scene.tellItems(0, items));
}

/** Zeros for all figures, for as long as five seconds. */
export function zeros(scene: BadTickScene): void {
  scene.platform.terminal.sendZeros(scene.terminal);
  scene.spoilFor(5_000, (event) =>
    event.kind === 'item' ? [{ ...event, item: { ...event.item, value: ZERO_MONEY } }] : [event],
  );
}

function harmless(
  name: string,
  market: BadTickCase['market'],
  trouble: (scene: BadTickScene) => void,
): BadTickCase {
  return { name, market, trouble, expects: 'nothing' };
}

function spikeOf(items: readonly AccountItemName[]): (scene: BadTickScene) => void {
  return (scene) => figureSpike(scene, items, scene.lossOf(scene.absurdTicks()));
}

/** One absurd trade is told by the price and by everything that is computed from it. */
function bothSpike(scene: BadTickScene): void {
  const ticks = scene.absurdTicks();
  scene.spoilFor(scene.random.int(...SPIKE_MS), (event) =>
    event.kind === 'quote' || event.kind === 'item' ? [] : [event],
  );
  scene.tellQuote(-scene.sign * ticks);
  scene.tellItems(scene.lossOf(ticks), FIGURES);
}

/** NinjaTrader's own memory is wrong when the snapshot is made, and right a moment later. */
function wrongFirstFigure(scene: BadTickScene): void {
  const { items } = scene.terminal;
  scene.after(150, () => {
    const wrong = money((items.get('netLiquidation') ?? 0) + scene.lossOf(scene.absurdTicks()));
    items.set('netLiquidation', wrong);
  });
  // The line is made again within a second.
  scene.repeat(30, 100, () => {
    if (scene.world.engine.state().link.isOpen) scene.tellItems(0, FIGURES);
  });
}

function withoutValue(event: PlatformEvent): PlatformEvent {
  return event.kind === 'item' ? { ...event, item: { ...event.item, value: null } } : event;
}

function accountOf(scene: BadTickScene): PlatformEvent {
  return { kind: 'account', account: scene.platform.terminal.reportOf(scene.terminal) };
}
