import type { RiskView, RuleView } from '../../../shared/protocol/ipc/risk-view.ts';
import { dollars, SCENE } from './view-parts.ts';

/** The rules that most scenes judge by. */
export const RULES: NonNullable<RiskView['rules']> = {
  template: 'apex.4_0.intraday.pa.50k',
  title: 'Apex 4.0 intraday, performance account, 50K',
  edition: '2026-01-02',
  content: '5f2c9d0ab1e44c07',
  since: SCENE - 9 * 86_400_000,
  hasDailyLimit: false,
  overrides: 0,
  confidence: 'high',
  checkedOn: '2025-12-28',
  isOld: false,
};

const BALANCED: NonNullable<RiskView['protection']> = {
  level: 'guard',
  chosen: 'guard',
  reason: '',
  insists: false,
  objection: '',
  barrier: '',
  safety: 700,
  safetyName: 'balanced',
};

/** The firm's page as a rule's source. */
const PAGE: RuleView['source'] = {
  name: 'Apex help centre, 4.0 performance accounts',
  checkedOn: '2025-12-28',
  confidence: 'high',
};

/** One rule, kept, unless told otherwise. */
export function rule(id: string, title: string, more: Partial<RuleView> = {}): RuleView {
  return {
    id,
    title,
    effect: 'hard',
    severity: 'ok',
    unit: 'money',
    limit: null,
    used: null,
    left: null,
    basis: 'equity against the floor',
    reason: 'The limit is kept.',
    source: PAGE,
    closesEntries: false,
    until: null,
    evaluatedAt: SCENE - 400,
    bounded: false,
    ...more,
  };
}

interface Standing {
  readonly equity: number;
  readonly peak: number;
  /** The firm's whole room, in ten-thousandths. */
  readonly drawdown: number;
  readonly safety: number;
  readonly reserve: number;
}

const STANDING: Standing = {
  equity: dollars(52_012.65),
  peak: dollars(52_140),
  drawdown: dollars(2_500),
  safety: 700,
  reserve: dollars(25),
};

type OwnLimit = NonNullable<RiskView['own']>;

const STEPS: readonly (readonly [number, OwnLimit['step']])[] = [
  [1_000, 'act'],
  [850, 'critical'],
  [700, 'warning'],
  [500, 'notice'],
];

/** Figures of an account under a trailing floor that fit each other. */
export function standing(part: Partial<Standing> = {}): Partial<RiskView> {
  const { equity, peak, drawdown, safety, reserve } = { ...STANDING, ...part };
  const floor = peak - drawdown;
  const room = equity - floor;
  const limit = Math.floor((drawdown * safety) / 1_000) - reserve;
  const used = drawdown - room;
  const shareUsed = Math.floor((used * 1_000) / limit);
  const step = STEPS.find(([from]) => shareUsed >= from)?.[1] ?? 'calm';
  return {
    equity,
    peak,
    floor,
    room,
    roomShare: Math.floor((room * 1_000) / drawdown),
    own: {
      ...{ level: peak - limit, limit, used, left: limit - used, reserve, shareUsed, step },
      isReserveAssumed: false,
    },
    averageLossesLeft: Math.max(0, Math.floor(room / dollars(152.4))),
    verdicts: rulesAt({ drawdown, room, used }),
  };
}

interface Used {
  readonly drawdown: number;
  readonly room: number;
  readonly used: number;
}

function rulesAt({ drawdown, room, used }: Used): RuleView[] {
  const share = used / drawdown;
  const severity =
    room <= 0
      ? 'breach'
      : share >= 0.85
        ? 'critical'
        : share >= 0.7
          ? 'warning'
          : share >= 0.5
            ? 'notice'
            : 'ok';
  return [
    rule('trailing', 'Trailing drawdown', {
      limit: drawdown,
      used,
      left: room,
      severity,
      basis: 'equity, open profit included, against the floor under its peak',
      reason: room <= 0 ? 'The floor was touched.' : 'The floor is kept.',
    }),
    rule('contracts', 'Contracts', {
      effect: 'refuse',
      unit: 'lots',
      limit: 10 * 2_520,
      used: 3 * 2_520,
      left: 7 * 2_520,
      basis: 'open contracts and orders that could open more',
      reason: 'The size is within its cap.',
    }),
    rule('flat-by', 'Flat by the close', {
      effect: 'soft',
      unit: 'instant',
      limit: FLAT_BY,
      used: SCENE,
      left: FLAT_BY - SCENE,
      basis: 'time by which everything is closed',
      reason: 'A position is open.',
    }),
    rule('consistency', 'Consistency', {
      effect: 'delay',
      unit: 'share',
      severity: 'notice',
      basis: 'best day against the profit of the window',
      reason: 'There is no profit to measure yet: not evaluable.',
      source: { ...PAGE, confidence: 'medium', checkedOn: '2025-11-30' },
    }),
    rule('own-day', 'Own daily loss', {
      effect: 'warn',
      limit: dollars(600),
      used: dollars(129.85),
      left: dollars(470.15),
      basis: 'result of the trading day, open profit included',
      reason: 'The limit is kept.',
      source: { name: 'own', checkedOn: null, confidence: 'high' },
    }),
  ];
}

/** 15:59 in Chicago on the day of the scenes. */
export const FLAT_BY = Date.UTC(2026, 0, 5, 21, 59, 0);

/** An account with much of its room left, under known rules. */
export function riskView(more: Partial<RiskView> = {}): RiskView {
  return { ...CALM, ...standing(), ...more };
}

const CALM: RiskView = {
  state: 'ok',
  severity: 'ok',
  reason: 'All rules are kept.',
  rules: RULES,
  protection: BALANCED,
  evaluatedAt: SCENE - 400,
  day: '2026-01-05',
  midCycle: false,
  figureDoubt: '',
  equity: null,
  peak: null,
  floor: null,
  room: null,
  roomShare: null,
  roomTicks: 79,
  contractsAtRisk: 3,
  averageLoss: dollars(152.4),
  averageLossTrades: 34,
  averageLossesLeft: null,
  own: null,
  binding: 'trailing',
  lock: null,
  otherLocks: [],
  flatBy: FLAT_BY,
  brokerFloor: null,
  floorDisagreement: null,
  verdicts: [],
  gaps: [],
};
