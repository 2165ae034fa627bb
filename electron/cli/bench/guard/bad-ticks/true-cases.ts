import type { AccountItemName } from '../../../../../shared/domain/account/account.ts';
import { gap, slide, type BadTickCase } from './bad-tick-case.ts';
import type { BadTickScene } from './bad-tick-scene.ts';
import { figureSpike, lateFigures, quoteSpike, zeros } from './harmless-cases.ts';

const FIGURES: readonly AccountItemName[] = ['netLiquidation', 'unrealizedProfitLoss'];

/** The limit is really broken in all of these, among whatever else is told. */
export const TRUE_CASES: readonly BadTickCase[] = [
  broken('a slide through the limit', slide),
  broken('a gap through the limit', gap),
  broken('a slide among spikes of the figures', slide, (scene) =>
    scene.repeat(40, 110, () => figureSpike(scene, FIGURES, eitherWay(scene))),
  ),
  broken('a gap among spikes of the figures', gap, (scene) =>
    scene.repeat(40, 110, () => figureSpike(scene, FIGURES, eitherWay(scene))),
  ),
  broken('a slide among spikes of the price', slide, (scene) =>
    scene.repeat(40, 110, () =>
      quoteSpike(scene, (scene.random.chance(0.5) ? 1 : -1) * scene.absurdTicks()),
    ),
  ),
  broken('a gap while the figures come late', gap, (scene) => lateFigures(scene, 6_000)),
  broken('a gap while the figures stand still', gap, (scene) =>
    scene.spoilFor(6_000, (event) => (event.kind === 'item' ? [] : [event])),
  ),
  broken('a gap while the price stands still', gap, (scene) =>
    scene.spoilFor(6_000, (event) => (event.kind === 'quote' ? [] : [event])),
  ),
  broken('a gap behind zeros', gap, zeros),
  broken('a gap that a lost connection hid', gap, (scene) => {
    scene.platform.terminal.disconnect(scene.terminal, true);
    scene.spoil((event) => (event.kind === 'quote' ? [] : [event]));
    scene.after(2_500, () => {
      scene.spoil((event) => [event]);
      scene.platform.terminal.reconnect(scene.terminal);
    });
  }),
  {
    name: 'a frozen market that goes on beyond the limit',
    market: gap,
    faults: [{ kind: 'pausedMarket', instrument: null, on: 'start', atMs: 0, forMs: 2_500 }],
    expects: 'flatten',
  },
];

function broken(
  name: string,
  market: BadTickCase['market'],
  trouble?: (scene: BadTickScene) => void,
): BadTickCase {
  return { name, market, ...(trouble === undefined ? {} : { trouble }), expects: 'flatten' };
}

function eitherWay(scene: BadTickScene): number {
  return (scene.random.chance(0.5) ? 1 : -1) * scene.lossOf(scene.absurdTicks());
}
