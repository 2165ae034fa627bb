import type { AccountView, DeskView } from '../../../shared/protocol/ipc/views.ts';
import type { RiskView } from '../../../shared/protocol/ipc/risk-view.ts';
import { agedAccount } from './aged-scene.ts';
import { exposedAccount, exposedScene } from './base-scenes.ts';
import { FLAT_BY, riskView, rule, RULES, standing } from './risk-parts.ts';
import { account, dollars, guard, reported, SCENE } from './view-parts.ts';

function scene(risk: RiskView, more: Partial<AccountView> = {}): DeskView {
  const base = exposedScene();
  const { equity } = risk;
  const net = equity === null ? {} : { netLiquidation: reported(equity) };
  return {
    ...base,
    status:
      (more.positions ?? []).length === 0 && more.positions !== undefined ? 'locked' : 'exposed',
    accounts: [
      account('Sim101', { netLiquidation: reported(dollars(50_412.6)) }),
      { ...exposedAccount(), badge: 'SIM', ...net, risk, ...more },
    ],
  };
}

/** Rules kept, much room left. */
export function riskOkScene(): DeskView {
  return scene(riskView(), { guard: guard({ maxContracts: 10, hardFloor: dollars(49_640) }) });
}

/** The own limit is half used. */
export function riskNoticeScene(): DeskView {
  return at(51_250, {
    state: 'warn',
    severity: 'notice',
    reason: 'Half of your own limit is used.',
  });
}

/** The own limit is nearly three quarters used. */
export function riskWarningScene(): DeskView {
  return at(50_840, {
    state: 'warn',
    severity: 'warning',
    reason: '70 % of your own limit is used.',
  });
}

/** Exits only. */
export function riskCriticalScene(): DeskView {
  return at(50_560, {
    state: 'critical',
    severity: 'critical',
    reason: 'Your own limit is nearly used: only exits pass.',
    lock: {
      reason: '85 % of your own limit is used.',
      since: SCENE - 64_000,
      until: Date.UTC(2026, 0, 5, 23, 0, 0),
      source: 'rule',
    },
  });
}

function at(equity: number, more: Partial<RiskView>): DeskView {
  const risk = {
    ...riskView(standing({ equity: dollars(equity) })),
    roomTicks: Math.floor((equity - 49_640) / 30),
    ...more,
  };
  const locks =
    risk.lock === null
      ? {}
      : { entriesLocked: true, lockedUntil: risk.lock.until, reason: risk.lock.reason };
  return { ...scene(risk, { guard: guard({ maxContracts: 10, ...locks }) }), status: 'warning' };
}

/** A daily limit was broken; the account is closed until the next session. */
export function riskSoftLockScene(): DeskView {
  const until = Date.UTC(2026, 0, 5, 23, 0, 0);
  const day = rule('day', 'Daily loss', {
    effect: 'soft',
    severity: 'breach',
    limit: dollars(1_000),
    used: dollars(1_012.5),
    left: dollars(-12.5),
    basis: 'result of the trading day, open profit included',
    reason: 'The daily limit was crossed.',
    closesEntries: true,
    until,
  });
  const risk = riskView(standing({ equity: dollars(51_127.5) }));
  return scene(
    {
      ...risk,
      state: 'softLock',
      severity: 'breach',
      reason: 'The daily limit was crossed: closed until the next session.',
      contractsAtRisk: 0,
      roomTicks: null,
      binding: 'day',
      lock: {
        reason: 'Daily loss of $1,000.00 crossed.',
        since: SCENE - 300_000,
        until,
        source: 'rule',
      },
      verdicts: [day, ...risk.verdicts],
    },
    {
      positions: [],
      orders: [],
      openProfit: reported(0),
      guard: guard({ entriesLocked: true, lockedUntil: until, reason: 'daily loss' }),
    },
  );
}

/** The firm's floor was touched. */
export function riskFailedScene(): DeskView {
  return at(49_612.5, {
    state: 'failed',
    severity: 'breach',
    reason: 'The floor was touched: the firm counts this account as failed.',
    averageLossesLeft: 0,
    roomTicks: 0,
    lock: { reason: 'The account has failed.', since: SCENE - 12_000, until: null, source: 'rule' },
  });
}

/** The figures that the floor needs are missing. */
export function riskUnknownScene(): DeskView {
  const risk = riskView();
  return scene({
    ...risk,
    state: 'unknown',
    severity: 'unknown',
    reason: 'The balance was not reported, so the floor is not known.',
    equity: null,
    floor: null,
    room: null,
    roomShare: null,
    roomTicks: null,
    contractsAtRisk: null,
    averageLoss: null,
    averageLossTrades: 0,
    averageLossesLeft: null,
    own: null,
    peak: null,
    flatBy: null,
    verdicts: risk.verdicts.map((verdict) => ({
      ...verdict,
      severity: 'unknown',
      used: null,
      left: null,
      reason: 'The figures are not known.',
    })),
  });
}

/** Rules stand, the figures are old. */
export function riskStaleScene(): DeskView {
  const before = scene({
    ...riskView(),
    state: 'unknown',
    severity: 'unknown',
    reason: 'The figures are 9 s old.',
    figureDoubt: 'no news from NinjaTrader for 9 s.',
  });
  const accounts = before.accounts.map((one, place) => (place === 1 ? silent(one) : one));
  return { ...before, accounts };
}

/** An account without news for nine seconds. */
function silent(one: AccountView): AccountView {
  return { ...agedAccount(one, 8_600), freshness: 'stale' };
}

/** Everything that makes the floor uncertain at once: mid-cycle, unsure and old rules, the broker disagrees, observing only. */
export function riskDoubtfulScene(): DeskView {
  const rules = {
    ...RULES,
    title: 'FTMO 2-step challenge, 100K',
    confidence: 'low',
    checkedOn: '2025-06-11',
    isOld: true,
    overrides: 2,
  } as const;
  return scene({
    ...riskView(),
    rules,
    midCycle: true,
    severity: 'notice',
    state: 'warn',
    reason: 'The peak before today is not known.',
    brokerFloor: dollars(49_700),
    floorDisagreement: dollars(60),
    averageLossTrades: 4,
    protection: {
      level: 'observe',
      chosen: 'protect',
      reason: 'The firm forbids software that trades by itself, so the desk only warns.',
      insists: false,
      objection: 'The firm forbids software that trades by itself.',
      barrier: '',
      safety: 500,
      safetyName: 'conservative',
    },
    gaps: [
      'How long an account may stay idle is not known.',
      'The share of a payout that the trader keeps is not evaluated.',
    ],
  });
}

/** Twenty accounts in every state. */
export function riskCrowdScene(): DeskView {
  const base = exposedScene();
  const accounts = Array.from({ length: 20 }, (_, place) => crowdAccount(place));
  return { ...base, status: 'warning', accounts };
}

function crowdAccount(place: number): AccountView {
  const number = String(place + 1).padStart(2, '0');
  const equity = dollars(52_140 - place * 61.35);
  const risk = riskView({ ...standing({ equity }), contractsAtRisk: 0, roomTicks: null });
  const one = account(`APEX-1142${number}`, {
    badge: place < 14 ? 'LIVE' : 'SIM',
    netLiquidation: reported(equity),
    guard: guard({ maxContracts: 10 }),
    risk,
  });
  const change = CROWD[place];
  return change === undefined ? one : { ...one, ...change(one) };
}

type Change = (one: AccountView) => Partial<AccountView>;

const CROWD: Readonly<Record<number, Change>> = {
  3: () => ({
    positions: exposedAccount().positions,
    orders: exposedAccount().orders,
    risk: riskCriticalScene().accounts[1]?.risk ?? riskView(),
    netLiquidation: reported(dollars(50_560)),
  }),
  5: () => ({
    positions: exposedAccount().positions,
    risk: riskWarningScene().accounts[1]?.risk ?? riskView(),
    netLiquidation: reported(dollars(50_840)),
  }),
  7: () => ({
    risk: riskFailedScene().accounts[1]?.risk ?? riskView(),
    netLiquidation: reported(dollars(49_612.5)),
  }),
  9: () => ({ risk: riskUnknownScene().accounts[1]?.risk ?? riskView() }),
  11: () => ({ risk: account('none').risk, guard: account('none').guard }),
  12: (one) => ({
    ...silent(one),
    positions: exposedAccount().positions.slice(0, 1),
    risk: riskStaleScene().accounts[1]?.risk ?? riskView(),
  }),
  14: ({ guard: held }) => ({
    guard: {
      ...held,
      state: 'notSynced',
      code: 'NO_ANSWER',
      problem: 'the AddOn has not answered',
    },
  }),
};

/** One account alone, its time to be flat near. */
export function riskAloneScene(): DeskView {
  const all = riskOkScene();
  return {
    ...all,
    accounts: all.accounts
      .slice(1)
      .map((one) => ({ ...one, risk: { ...one.risk, flatBy: FLAT_BY } })),
  };
}
