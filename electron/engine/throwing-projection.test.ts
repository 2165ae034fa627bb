import { describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import {
  account,
  ES,
  item,
  opened,
  order,
  position,
  SIM,
  snapshot,
  terms,
} from '../../shared/testing/desk-facts.ts';
import type { AccountView, DeskView } from '../../shared/protocol/ipc/views.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { memoryPlaces, PACK_DAY, shippedLibrary } from '../cli/shipped-packs.ts';
import { createGuardService } from '../risk/guard-service.ts';
import type { RiskPort } from './ports.ts';
import { Publisher, type ViewSource } from './publisher.ts';
import { CONNECTED, engineWorld } from './testing/engine-world.ts';

const OTHER = 'Sim102' as AccountName;

/** A desk of two accounts whose risk view can be made to throw for the first. */
function fragileWorld() {
  const fault = { isOn: false };
  const world = engineWorld({
    createRisk: (desk, recovered) => {
      const risk = createGuardService(memoryPlaces(shippedLibrary(PACK_DAY)))(desk, recovered);
      const view: RiskPort['view'] = (name) => {
        if (fault.isOn && name === SIM) throw new Error('no such rule');
        return risk.view(name);
      };
      return { ...portOf(risk), view };
    },
  });
  const accounts = [account(2), account(2, { name: OTHER })];
  world.take(opened(), terms(1), snapshot(2, { accounts }));
  const pass = (...facts: readonly Fact[]): void => {
    world.take(...facts);
    world.clock.advance(1_000);
  };
  pass(position(4, 2), item(5, 'netLiquidation', 500_000_000));
  return { ...world, fault, pass };
}

function portOf(risk: RiskPort): Omit<RiskPort, 'view'> {
  return {
    judged: risk.judged.bind(risk),
    onFact: risk.onFact.bind(risk),
    onFlatten: risk.onFlatten.bind(risk),
    onLink: risk.onLink.bind(risk),
    keepHouse: risk.keepHouse.bind(risk),
    stop: risk.stop.bind(risk),
    templates: risk.templates.bind(risk),
    assign: risk.assign.bind(risk),
    settings: risk.settings.bind(risk),
    unlock: risk.unlock.bind(risk),
    record: risk.record.bind(risk),
    whatIf: risk.whatIf.bind(risk),
    equity: risk.equity.bind(risk),
    timeline: risk.timeline.bind(risk),
    ownRules: risk.ownRules.bind(risk),
    chooseOwnRules: risk.chooseOwnRules.bind(risk),
    importDays: risk.importDays.bind(risk),
    news: risk.news.bind(risk),
    importNews: risk.importNews.bind(risk),
  };
}

function shown(view: DeskView, name: AccountName): AccountView {
  const found = view.accounts.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not shown`);
  return found;
}

describe('an account whose view cannot be made', () => {
  it('is unconfirmed, without a figure, with what was reported as open since', () => {
    const world = fragileWorld();
    expect(shown(world.engine.view(), SIM)).toMatchObject({ freshness: 'live' });
    world.fault.isOn = true;
    world.pass(position(6, 3), { kind: 'order.reported', seq: 7, order: order('a') });
    const view = world.engine.view();
    const unknown = { value: null, source: 'none', asOf: null };
    expect(shown(view, SIM)).toMatchObject({
      freshness: 'unconfirmed',
      netLiquidation: unknown,
      cashValue: unknown,
      openProfit: unknown,
      realizedToday: unknown,
      positions: [{ instrument: ES, quantity: 3, openProfit: null }],
      orders: [{ id: 'a' }],
      guard: { state: 'notSynced' },
      risk: { state: 'unknown' },
      doubts: ['The desk could not work this account out. Look at it in NinjaTrader.'],
    });
    expect(view.status).toBe('warning');
  });

  it('does not keep the others from their news', () => {
    const world = fragileWorld();
    world.fault.isOn = true;
    world.patches.length = 0;
    world.pass(position(6, 3), position(7, 1, { account: OTHER }));
    const told = world.patches.flatMap(({ accounts = [] }) => accounts);
    const other = told.findLast(({ name }) => name === OTHER);
    expect(other).toMatchObject({ freshness: 'live', positions: [{ quantity: 1 }] });
  });

  it('is logged once until it can be made again', () => {
    const world = fragileWorld();
    world.fault.isOn = true;
    for (let seq = 6; seq < 20; seq += 1) world.pass(position(seq, seq));
    expect(world.bugs).toHaveLength(1);
    expect(world.bugs[0]).toContain('no such rule');
    world.fault.isOn = false;
    world.pass(position(20, 1));
    expect(shown(world.engine.view(), SIM)).toMatchObject({ freshness: 'live' });
    world.fault.isOn = true;
    world.pass(position(21, 2));
    expect(world.bugs).toHaveLength(2);
  });

  it('is shown even when it never could be made', () => {
    const world = fragileWorld();
    world.fault.isOn = true;
    world.journal.flush();
    world.close();
    const again = engineWorld({
      path: world.path,
      clock: world.clock,
      createRisk: (desk, recovered) => {
        const risk = createGuardService(memoryPlaces(shippedLibrary(PACK_DAY)))(desk, recovered);
        const view = (): never => {
          throw new Error('no such rule');
        };
        return { ...portOf(risk), view };
      },
    });
    expect(shown(again.engine.view(), SIM)).toMatchObject({
      freshness: 'unconfirmed',
      positions: [{ instrument: ES, quantity: 2 }],
    });
  });
});

describe('flattens that cannot be shown', () => {
  it('ask for eyes, hold up no news, and are shown as soon as they can be', () => {
    const clock = new FakeClock();
    const bugs: string[] = [];
    let isFailing = true;
    const flattens = (): [] => {
      if (isFailing) throw new Error('bug');
      return [];
    };
    const source: ViewSource = {
      account: () => null,
      unclearAccount: () => null,
      instrument: () => null,
      bridge: () => bridge,
      store: () => ({ state: 'ok', detail: '', pending: 0 }),
      flattens,
      feed: () => [],
      freshFeed: () => [],
      status: () => (flattens(), 'ok'),
    };
    const { sessionId: _sessionId, ...bridge } = CONNECTED;
    const onBug = (part: string): void => void bugs.push(part);
    const publisher = new Publisher({ clock, timers: clock, mode: 'test', source, onBug });
    const told: unknown[] = [];
    publisher.onPatch(({ status, bridge: seen }) => told.push([status, seen?.state]));
    expect(publisher.view()).toMatchObject({ status: 'warning', flattens: [] });
    publisher.view();
    expect(told).toEqual([['warning', 'connected']]);
    expect(bugs).toEqual(['projection of flattens', 'projection of status']);
    isFailing = false;
    expect(publisher.view().status).toBe('ok');
  });
});
