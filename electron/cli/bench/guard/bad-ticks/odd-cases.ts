import type { AccountItemName } from '../../../../../shared/domain/account/account.ts';
import { money, type Money } from '../../../../../shared/domain/money/money.ts';
import type { Quote } from '../../../../../shared/domain/market/quote.ts';
import type { PlatformEvent } from '../../../../../shared/simulation/platform-event.ts';
import { calm, dip, gap, slide, type BadTickCase } from './bad-tick-case.ts';
import type { BadTickScene } from './bad-tick-scene.ts';

const FIGURES: readonly AccountItemName[] = ['netLiquidation', 'unrealizedProfitLoss'];
const FAR = 50;

/** What is rarer: two sources that are wrong together, in turn, or only in part. */
export const ODD_CASES: readonly BadTickCase[] = [
  odd('two bad prints in a row', calm, (scene) => {
    only('quote', scene, 200);
    scene.tellQuote(-scene.sign * FAR);
    scene.after(100, () => scene.tellQuote(-scene.sign * 2 * FAR));
    scene.after(210, () => scene.tellQuote(0));
  }),
  odd('zero cash beside a right net liquidation', dip, (scene) => zeroOf(scene, 'cashValue')),
  odd('zero net liquidation beside right cash', dip, (scene) => zeroOf(scene, 'netLiquidation')),
  odd('a price spike in the first moment of a new connection', dip, (scene) => {
    scene.platform.terminal.disconnect(scene.terminal, false);
    scene.after(2_000, () => {
      scene.platform.terminal.reconnect(scene.terminal);
      scene.tellQuote(-scene.sign * FAR);
      scene.after(150, () => scene.tellQuote(0));
    });
  }),
  odd('price and figures wrong in the first moment of a new connection', calm, (scene) => {
    scene.platform.terminal.disconnect(scene.terminal, true);
    scene.after(2_000, () => {
      scene.platform.terminal.reconnect(scene.terminal);
      scene.spoilFor(200, () => []);
      scene.tellQuote(-scene.sign * FAR);
      scene.tellItems(scene.lossOf(FAR), FIGURES);
      scene.after(210, () => scene.tellQuote(0));
    });
  }),
  {
    name: 'a spike with which a frozen market goes on',
    market: calm,
    faults: [{ kind: 'pausedMarket', instrument: null, on: 'start', atMs: 0, forMs: 2_480 }],
    trouble: (scene) => {
      scene.after(2_500, () => scene.tellQuote(-scene.sign * FAR));
      scene.after(2_620, () => scene.tellQuote(0));
    },
    expects: 'nothing',
  },
  odd('prices without a bid and an ask', dip, (scene) =>
    scene.spoilFor(4_000, (event) => [oneSided(event)]),
  ),
  odd('a book with nobody near on one side', dip, (scene) =>
    scene.spoilFor(4_000, (event) => [farSided(event, scene.sign)]),
  ),
  odd('the open result of a fill before the fill', dip, (scene) => {
    scene.tellItem('unrealizedProfitLoss', money(scene.lossOf(FAR)));
    scene.after(60, () => scene.tellItems(0, FIGURES));
  }),
  odd('an account in another currency for a while', dip, (scene) => {
    scene.rewriteFor(3_000, (frame) => frame.replaceAll('"currency":"USD"', '"currency":"EUR"'));
    const account = scene.platform.terminal.reportOf(scene.terminal);
    for (const ms of [200, 3_100]) scene.after(ms, () => scene.tell({ kind: 'account', account }));
  }),
  odd('a figure with the wrong sign', calm, (scene) => {
    only('item', scene, 200);
    scene.tellItem('netLiquidation', money(0 - (booked(scene, 'netLiquidation') ?? 0)));
  }),
  odd('a broker that stands a little low', dip, (scene) =>
    scene.repeat(60, 100, () => scene.tellItems(scene.lossOf(5), FIGURES)),
  ),
  broken('a gap while the old figures are told again and again', gap, oldFigures),
  broken('a slide while the old figures are told again and again', slide, oldFigures),
  broken('a slide while the old price is told again and again', slide, oldPrice),
  broken('a gap while the old price is told again and again', gap, oldPrice),
  broken('a gap among prices of before that come late', gap, (scene) => {
    const quotes = scene.platform.quotes();
    scene.repeat(30, 120, () => scene.after(1_050, () => tellAll(scene, quotes)));
  }),
];

function odd(
  name: string,
  market: BadTickCase['market'],
  trouble: (scene: BadTickScene) => void,
): BadTickCase {
  return { name, market, trouble, expects: 'nothing' };
}

function broken(
  name: string,
  market: BadTickCase['market'],
  trouble: (scene: BadTickScene) => void,
): BadTickCase {
  return { name, market, trouble, expects: 'flatten' };
}

/** What the platform itself tells of one kind is lost for so long. */
function only(kind: PlatformEvent['kind'], scene: BadTickScene, forMs: number): void {
  scene.spoilFor(forMs, (event) => (event.kind === kind ? [] : [event]));
}

function zeroOf(scene: BadTickScene, item: AccountItemName): void {
  scene.spoilFor(5_000, (event) =>
    event.kind === 'item' && event.item.item === item
      ? [{ ...event, item: { ...event.item, value: money(0) } }]
      : [event],
  );
}

function oneSided(event: PlatformEvent): PlatformEvent {
  if (event.kind !== 'quote') return event;
  return { ...event, quote: { ...event.quote, bid: null, ask: null } };
}

/** The side at which the position could be closed stands far away, though nobody trades there. */
function farSided(event: PlatformEvent, sign: number): PlatformEvent {
  if (event.kind !== 'quote') return event;
  const { bid, ask } = event.quote;
  const far = <T extends number>(price: T | null): T | null =>
    price === null ? null : ((price - sign * FAR) as T);
  const quote = sign > 0 ? { ...event.quote, bid: far(bid) } : { ...event.quote, ask: far(ask) };
  return { ...event, quote };
}

function oldFigures(scene: BadTickScene): void {
  const old = FIGURES.map((item) => [item, booked(scene, item)] as const);
  only('item', scene, 12_000);
  scene.repeat(110, 100, () => {
    for (const [item, value] of old) scene.tellItem(item, value);
  });
}

function oldPrice(scene: BadTickScene): void {
  const quotes = scene.platform.quotes();
  only('quote', scene, 12_000);
  scene.repeat(110, 100, () => tellAll(scene, quotes));
}

function tellAll(scene: BadTickScene, quotes: readonly Quote[]): void {
  for (const quote of quotes) scene.tell({ kind: 'quote', quote });
}

function booked(scene: BadTickScene, item: AccountItemName): Money | null {
  return scene.platform.broker.account(scene.terminal.name).item(item);
}
