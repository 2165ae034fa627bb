import { describe, expect, it } from 'vitest';
import type { Instrument, InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { ES_TERMS, position, quote, terms } from '../../shared/testing/desk-facts.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

const NQ: Instrument = { ...ES_TERMS, name: 'NQ 12-26' as InstrumentName, root: 'NQ' };
const AVERAGE = 20_000;

/** An old account without profit, whose trades may lose 750 each, two contracts long and two of another product short. */
function hedged() {
  const world = riskWorld();
  world.connect();
  expect(world.assign({ template: 'apex.legacy.intraday.pa.50k' })).toMatchObject({
    outcome: 'now',
  });
  const both = (ticks: number) => {
    world.take(quote(AVERAGE + ticks, world.clock.wall()));
    world.take(quote(AVERAGE + ticks, world.clock.wall(), NQ.name));
    world.clock.advance(50);
  };
  world.takeNext((at) => terms(at, NQ));
  world.hold(2);
  world.takeNext((at) => position(at, -2, { instrument: NQ.name }));
  return { ...world, both };
}

function excursion(world: Pick<ReturnType<typeof riskWorld>, 'risk'>) {
  return world.risk().verdicts.find(({ id }) => id === 'mae');
}

describe('the open loss of one trade', () => {
  it('is that of the worst position, whatever another one makes meanwhile', () => {
    const world = hedged();
    world.both(0);
    world.equity(50_000 - 50);
    world.clock.advance(300);
    expect(excursion(world)).toMatchObject({ severity: 'ok', left: dollars(725) });
    // The bid of the long and the ask of the short move together: the account stays where it is.
    for (let ticks = 5; ticks <= 40; ticks += 5) world.both(ticks);
    world.clock.advance(1_000);
    expect(excursion(world)).toMatchObject({ severity: 'critical', left: dollars(750 - 1_025) });
  });

  it('is unknown while one of the positions has no price', () => {
    const world = hedged();
    world.take(quote(AVERAGE, world.clock.wall()));
    world.equity(50_000);
    world.clock.advance(300);
    expect(excursion(world)).toMatchObject({ severity: 'unknown', left: null });
  });
});
