import { describe, expect, it } from 'vitest';
import { SIM } from '../../shared/testing/desk-facts.ts';
import { NewsView } from '../../shared/protocol/ipc/risk-calls.ts';
import { riskWorld } from './testing/risk-world.ts';

const DAYS = 'day,net,fills,kind\n2025-12-30,412.50,6,full\n2026-01-02,-120,4,half\n';
const NEWS =
  'time,class,name\n2026-01-05T13:30:00Z,CPI,Prices\n2026-01-06T15:00:00Z,FOMC,Minutes\n';

function watched() {
  const world = riskWorld();
  world.connect();
  world.assign({ start: 'running' });
  world.clock.advance(1_000);
  return world;
}

describe('a file of earlier days', () => {
  it('is taken in once', () => {
    const { engine } = watched();
    expect(engine.risk.importDays(SIM, DAYS)).toMatchObject({ outcome: 'now' });
    expect(engine.risk.importDays(SIM, DAYS)).toMatchObject({
      outcome: 'refused',
      message: 'The earlier days of this account are known already.',
    });
  });

  it.each([
    [`${DAYS}tomorrow,1,1,full\n`, 'Line 4: not a day in the form day,net,fills,kind'],
    ['date,net\n', 'Line 1: the head must be day,net,fills,kind'],
    ['day,net,fills,kind', 'There is no day in it.'],
    [DAYS.replace('2025-12-30', '2026-01-03'), '2026-01-02 is out of order'],
  ])('with a mistake is refused by its line, and nothing of it is taken', (text, message) => {
    const { engine } = watched();
    const answer = engine.risk.importDays(SIM, text);
    expect(answer).toMatchObject({ outcome: 'refused' });
    expect(answer.message).toContain(message);
    expect(engine.risk.importDays(SIM, DAYS)).toMatchObject({ outcome: 'now' });
  });
});

describe('a news calendar', () => {
  it('replaces the one of before, and tells how far it reaches', () => {
    const { engine } = watched();
    expect(engine.risk.news()).toMatchObject({ importedAt: null, releases: 0 });
    expect(engine.risk.importNews(NEWS)).toMatchObject({
      outcome: 'now',
      message: '2 releases were taken in.',
    });
    const news = engine.risk.news();
    expect(NewsView.parse(news)).toMatchObject({
      releases: 2,
      first: Date.UTC(2026, 0, 5, 13, 30),
      last: Date.UTC(2026, 0, 6, 15),
    });
    expect(engine.risk.importNews(`${NEWS}2026-01-07,CPI,Prices\n`)).toMatchObject({
      outcome: 'refused',
      message: 'Line 4: "2026-01-07" is no time with its zone',
    });
    expect(engine.risk.news()).toEqual(news);
  });
});
