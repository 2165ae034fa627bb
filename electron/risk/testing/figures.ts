/** Figures picked by hand from what the firms publish: template, path, value. */
export const figures: readonly (readonly [string, string, unknown])[] = [
  ...apex(),
  ...topstep(),
  ...takeProfitTrader(),
  ...myFundedFutures(),
  ...tradeify(),
  ...otherFutures(),
  ...currencies(),
];

type Figures = readonly (readonly [string, string, unknown])[];

/** One template's figures. */
function of(id: string, values: Readonly<Record<string, unknown>>): Figures {
  return Object.entries(values).map(([path, value]) => [id, path, value] as const);
}

function apex(): Figures {
  return [
    ...of('apex.4_0.eod.eval.25k.rithmic', {
      profitTarget: 1_500,
      'drawdown.amount': 1_000,
      'contracts.minis': 4,
      'dailyLoss.amount': 500,
      'drawdown.lock.floor': 26_500,
      'drawdown.lock.trigger': 27_500,
    }),
    ...of('apex.4_0.eod.eval.50k.wealthcharts', {
      'drawdown.lock.floor': 53_000,
      'drawdown.lock.trigger': 55_000,
      'drawdown.recalculatedAt': '16:59:59 America/New_York',
      'dailyLoss.effect': 'soft',
      'timeLimit.calendarDays': 30,
    }),
    ...of('apex.4_0.eod.eval.50k.tradovate', {
      'drawdown.lock': 'never',
      'drawdown.amount': 2_000,
    }),
    ...of('apex.4_0.intraday.eval.100k.rithmic', {
      profitTarget: 6_000,
      'drawdown.amount': 3_000,
      dailyLoss: 'none',
      'contracts.minis': 8,
      'drawdown.lock.floor': 106_000,
    }),
    ...of('apex.4_0.eod.eval.150k.rithmic', {
      profitTarget: 9_000,
      'drawdown.amount': 4_000,
      'contracts.minis': 12,
      'dailyLoss.amount': 2_000,
      'drawdown.lock.trigger': 163_000,
    }),
    ...of('apex.4_0.eod.pa.50k', {
      'drawdown.lock.floor': 50_100,
      'drawdown.lock.trigger': 52_100,
      'payout.safetyNet': 52_100,
      'payout.minimumBalance': 52_600,
      'payout.minimumRequest': 500,
      'payout.caps': [1_500, 1_500, 2_000, 2_500, 2_500, 3_000],
      'days.toPayout': { count: 5, test: { kind: 'netAtLeast', amount: 250 } },
      'consistency.percent': 50,
      'consistency.operator': '<',
      'contracts.tiers': [
        { from: 0, minis: 2 },
        { from: 1_500, minis: 3 },
        { from: 3_000, minis: 4 },
        { from: 6_000, minis: 4 },
      ],
      'dailyLoss.tiers': [
        { from: 0, amount: 1_000 },
        { from: 1_500, amount: 1_000 },
        { from: 3_000, amount: 2_000 },
        { from: 6_000, amount: 3_000 },
      ],
      'dailyLoss.noResetOn': ['holiday', 'halfDay'],
      'conduct.automation': 'manualOnly',
      'conduct.maxAccounts': 20,
      'session.flatBy': '16:59 America/New_York',
    }),
    ...of('apex.4_0.intraday.pa.50k', {
      'days.toPayout.test.amount': 200,
      'payout.caps': [1_500, 2_000, 2_500, 2_500, 3_000, 3_000],
    }),
    ...of('apex.4_0.eod.pa.150k', {
      'drawdown.lock.floor': 150_100,
      'payout.minimumBalance': 154_600,
      'payout.caps': [2_500, 3_000, 3_000, 3_000, 4_000, 5_000],
      'days.toPayout.test.amount': 350,
    }),
    ...of('apex.4_0.eod.pa.25k', { 'payout.caps': [1_000], 'payout.safetyNet': 26_100 }),
    ...of('apex.legacy.intraday.eval.50k.rithmic', {
      'drawdown.amount': 2_500,
      'contracts.minis': 10,
      'drawdown.lock.floor': 53_000,
      'days.toPass.count': 7,
    }),
    ...of('apex.legacy.intraday.eval.300k.tradovate', {
      profitTarget: 20_000,
      'drawdown.amount': 7_500,
      'contracts.minis': 35,
      'drawdown.lock': 'never',
    }),
    ...of('apex.legacy.intraday.pa.250k', {
      'payout.safetyNet': 256_600,
      'drawdown.lock.floor': 250_100,
      'contracts.tiers': [
        { from: 0, minis: 13 },
        { above: 6_600, minis: 27 },
      ],
    }),
    ...of('apex.legacy.intraday.pa.50k', {
      'mae.percent': 30,
      'mae.raisedPercent': 50,
      'mae.raisedFrom': 5_200,
      'mae.belowSafetyNet': 750,
    }),
    ...of('apex.legacy.static.eval.100k', { 'drawdown.amount': 625, profitTarget: 2_000 }),
    ...of('apex.legacy.static.pa.100k', { 'payout.safetyNet': 102_600 }),
    ...of('apex.4_0.live.live.any', {
      startBalance: 0,
      'drawdown.lock': { floor: 100, trigger: 3_100, on: ['peak'] },
    }),
  ];
}

function topstep(): Figures {
  return [
    ...of('topstep.2026.combine.eval.50k', {
      profitTarget: 3_000,
      'drawdown.amount': 2_000,
      'drawdown.lock.floor': 50_000,
      'dailyLoss.amount': 1_000,
      'dailyLoss.availability': 'optional',
      'contracts.minis': 5,
      'contracts.micros': 50,
      'consistency.percent': 55,
      'consistency.formula': 'raisesTarget',
      'session.flatBy': '15:10 America/Chicago',
      'session.earlyClose.minutesBefore': 15,
      'contracts.weights': { SIL: 2, MBT: 10, MET: 10 },
    }),
    ...of('topstep.2026.combine.eval.150k', {
      profitTarget: 9_000,
      'drawdown.amount': 4_500,
      'dailyLoss.amount': 3_000,
      'contracts.minis': 15,
    }),
    ...of('topstep.2026.standard.xfa.100k', {
      startBalance: 0,
      'drawdown.amount': 3_000,
      'drawdown.lock.floor': 0,
      'drawdown.lock.on': ['peak', 'firstPayout'],
      'contracts.tiers': [
        { from: 0, minis: 3 },
        { from: 1_500, minis: 4 },
        { from: 2_000, minis: 5 },
        { from: 3_000, minis: 10 },
      ],
      'payout.caps': [3_000],
      'payout.minimumRequest': 125,
      'days.toPayout': { count: 5, test: { kind: 'netAtLeast', amount: 150 } },
    }),
    ...of('topstep.2026.consistency.xfa.150k', {
      'consistency.percent': 40,
      'payout.caps': [6_000],
      'days.toPayout.count': 3,
      'conduct.maxAccounts': 5,
    }),
    ...of('topstep.2026.live.live.50k', { 'dailyLoss.amount': 2_000, 'drawdown.type': 'none' }),
  ];
}

function takeProfitTrader(): Figures {
  return [
    ...of('take_profit_trader.2026.standard.test.75k', {
      profitTarget: 4_500,
      'drawdown.amount': 2_500,
      'drawdown.lock.floor': 75_000,
      'contracts.minis': 9,
      'contracts.micros': 90,
      'consistency.operator': '<',
      'days.toPass.count': 3,
    }),
    ...of('take_profit_trader.2026.standard.pro.150k', {
      'drawdown.type': 'intraday',
      'drawdown.lock.trigger': 154_500,
      'payout.minimumBalance': 154_500,
      'payout.splitPercent': 80,
      'conduct.automation': 'prohibited',
      'session.flatBy': '16:55 America/New_York',
      'news.minutesBefore': 1,
    }),
    ...of('take_profit_trader.2026.standard.pro_plus.50k', {
      startBalance: 0,
      'drawdown.lock.floor': 0,
      'drawdown.type': 'endOfDay',
    }),
    ...of('take_profit_trader.2026.development.pro_plus.100k', {
      'dailyLoss.amount': 1_500,
      'drawdown.amount': 1_750,
      'contracts.minis': 4,
    }),
  ];
}

function myFundedFutures(): Figures {
  return [
    ...of('my_funded_futures.2026.rapid.eval.25k', {
      profitTarget: 1_500,
      'drawdown.lock.floor': 25_100,
      'contracts.minis': 3,
      'consistency.percent': 50,
      'days.toPass.count': 2,
    }),
    ...of('my_funded_futures.2026.rapid.sim.150k', {
      startBalance: 0,
      'drawdown.type': 'intraday',
      'drawdown.amount': 4_500,
      'drawdown.lock.trigger': 4_600,
      'drawdown.operator': '<',
      'payout.minimumBalance': 4_600,
      'contracts.minis': 10,
    }),
    ...of('my_funded_futures.2026.rapid_eod.eval.50k', {
      'consistency.percent': 30,
      'days.toPass.count': 4,
      'contracts.minis': 3,
    }),
    ...of('my_funded_futures.2026.builder.sim.50k', {
      'dailyLoss.amount': 1_000,
      'drawdown.lock.trigger': 2_100,
      'payout.caps': [2_000],
      'payout.maximumCount': 5,
      'payout.splitPercent': 80,
    }),
    ...of('my_funded_futures.2026.builder_1500.sim.50k', { 'drawdown.lock.trigger': 1_600 }),
    ...of('my_funded_futures.2026.builder_large.sim.150k', {
      'payout.caps': [4_500],
      'drawdown.amount': 'unknown',
    }),
    ...of('my_funded_futures.2026.pro.sim.100k', {
      startBalance: 100_000,
      'drawdown.lock': { floor: 100_100, on: ['firstPayout'] },
      'contracts.minis': 10,
      'payout.minimumRequest': 1_000,
    }),
  ];
}

function tradeify(): Figures {
  return [
    ...of('tradeify.3_0.growth.funded.50k', {
      'drawdown.lock': { floor: 50_100, trigger: 52_100, on: ['peak', 'payoutRequest'] },
      'dailyLoss.tiers': [
        { from: 0, amount: 1_250 },
        { from: 3_000, amount: 2_000 },
      ],
      'consistency.percent': 35,
      'payout.minimumBalance': 53_000,
      'days.toPayout.test': { kind: 'netAbove', amount: 150 },
      'session.earlyClose.at': '12:59 America/New_York',
    }),
    ...of('tradeify.3_0.growth.eval.100k', {
      'drawdown.amount': 3_500,
      'drawdown.lock': 'never',
      'contracts.minis': 8,
    }),
    ...of('tradeify.3_0.select_daily.funded.150k', {
      'drawdown.amount': 3_500,
      'drawdown.lock.trigger': 153_600,
      'dailyLoss.amount': 1_750,
    }),
    ...of('tradeify.3_0.select_flex.funded.50k', { 'payout.caps': [2_500], 'contracts.minis': 4 }),
    ...of('tradeify.3_0.lightning.funded.150k', {
      'drawdown.amount': 5_250,
      'drawdown.lock.trigger': 155_350,
      'consistency.percentByPayout': [20, 25, 30],
    }),
    ...of('tradeify.3_0.lightning.funded.25k', { dailyLoss: 'none' }),
  ];
}

function otherFutures(): Figures {
  return [
    ...of('tradeday.2026.quick_pay_eod.eval.100k', {
      profitTarget: 6_000,
      'drawdown.amount': 3_000,
      'contracts.minis': 10,
      'consistency.percent': 30,
      'session.flatBy': '15:50 America/Chicago',
    }),
    ...of('tradeday.2026.quick_pay.funded.50k', {
      'drawdown.type': 'intraday',
      'drawdown.lock.floor': 50_000,
    }),
    ...of('tradeday.2025.static.eval.150k', { profitTarget: 3_750, 'drawdown.amount': 1_000 }),
    ...of('earn2trade.2026.tcp.eval.25k', {
      profitTarget: 1_750,
      'drawdown.amount': 1_500,
      'dailyLoss.amount': 550,
      'contracts.minis': 3,
    }),
    ...of('earn2trade.2026.gau.eval.200k', {
      profitTarget: 11_000,
      'dailyLoss.amount': 4_400,
      'contracts.minis': 16,
      'consistency.operator': '<',
    }),
    ...of('bulenox.2026.option_2.master.50k', {
      'drawdown.amount': 2_500,
      'drawdown.lock.floor': 50_100,
      'dailyLoss.amount': 1_100,
      'dailyLoss.endsWhen': 'floorReachesStart',
      'contracts.tiers': [
        { from: 0, minis: 2 },
        { above: 1_500, minis: 4 },
        { above: 4_000, minis: 7 },
      ],
      'payout.caps': [1_500, 1_500, 1_500, 'none'],
      'payout.safetyNet': 52_600,
    }),
    ...of('bulenox.2026.option_1.qualification.250k', {
      'drawdown.type': 'intraday',
      'drawdown.amount': 5_500,
      'drawdown.lock': 'never',
      'contracts.minis': 25,
      dailyLoss: 'none',
    }),
    ...of('elite_trader_funding.2026.one_step.eval.50k', {
      'drawdown.lock': { floor: 50_100, trigger: 52_100, on: ['realizedProfit'] },
      'contracts.minis': 8,
    }),
    ...of('elite_trader_funding.2026.eod.eval.100k', {
      'drawdown.amount': 3_500,
      'dailyLoss.amount': 2_200,
      'dailyLoss.effect': 'hard',
      'dailyLoss.basis': 'previousClose',
    }),
    ...of('elite_trader_funding.2026.static.elite.10k', {
      'growthGuard.mayLosePercent': 35,
      'drawdown.amount': 500,
      'days.toPayout.test': { kind: 'activeTradingDay', realizedAtLeast: 100, percentOfBest: 23 },
    }),
    ...of('funded_next.2026.rapid_pro.eval.100k', {
      profitTarget: 5_000,
      'drawdown.amount': 2_500,
      'contracts.micros': 60,
      'dailyLoss.availability': 'optional',
    }),
    ...of('funded_next.2026.rapid_daily.funded.50k', {
      'dailyLoss.amount': 1_000,
      'dailyLoss.availability': 'always',
    }),
    ...of('funded_next.2026.flex.eval.150k', {
      profitTarget: 8_000,
      'drawdown.amount': 4_000,
      'contracts.minis': 8,
      'consistency.formula': 'shareOfTarget',
    }),
    ...of('funded_next.2026.legacy.eval.25k', {
      profitTarget: 1_250,
      'drawdown.lock.floor': 25_000,
    }),
  ];
}

function currencies(): Figures {
  return [
    ...of('ftmo.2026.two_step.challenge.100k', {
      profitTarget: { percent: 10, of: 'startBalance' },
      'dailyLoss.amount': { percent: 5, of: 'startBalance' },
      'dailyLoss.basis': 'midnightBalance',
      'dailyLoss.resetsAt': '00:00 Europe/Prague',
      'drawdown.type': 'static',
      'drawdown.operator': '<',
      'days.toPass': { count: 4, test: { kind: 'positionOpened' } },
    }),
    ...of('ftmo.2026.one_step.challenge.200k', {
      'dailyLoss.amount.percent': 3,
      'drawdown.type': 'midnightBalance',
      'consistency.percent': 50,
      'consistency.formula': 'shareOfWinningDays',
    }),
    ...of('the5ers.classic.high_stakes.step_1.50k', {
      profitTarget: { percent: 8, of: 'startBalance' },
      'dailyLoss.amount': { percent: 5, of: 'dayReference' },
      'dailyLoss.basis': 'higherOfBalanceAndEquity',
      'drawdown.operator': '<=',
      'days.toPass.test': { kind: 'closedProfitAtLeast', percentOfStart: 0.5 },
    }),
    ...of('the5ers.2026.hyper_growth.step_1.20k', {
      'drawdown.amount.percent': 6,
      'dailyLoss.amount.percent': 3,
      'dailyLoss.effect': 'soft',
    }),
    ...of('the5ers.2026.bootcamp.step_3.250k', { 'profitTarget.percent': 6 }),
  ];
}
