import type { CallInput, CallKey, CallOutput } from '../../../shared/protocol/ipc/contract.ts';
import type { TemplatesView } from '../../../shared/protocol/ipc/risk-calls.ts';
import { dollars, SCENE } from './view-parts.ts';

type RiskKey = Exclude<
  Extract<CallKey, `risk.${string}` | `news.${string}`>,
  'risk.equity' | 'risk.timeline'
>;
type Answers = { [K in RiskKey]: (input: CallInput<K>) => CallOutput<K> };

type TemplateView = TemplatesView['firms'][number]['templates'][number];

function template(id: string, title: string, more: Partial<TemplateView> = {}): TemplateView {
  return {
    id,
    title,
    stage: 'eval',
    size: '50K',
    platform: 'Rithmic',
    currency: 'USD',
    startBalance: dollars(50_000),
    availability: 'sold',
    automation: 'ownOnly',
    hasDailyOption: false,
    confidence: 'high',
    checkedOn: '2025-12-28',
    isOld: false,
    overrides: 0,
    ...more,
  };
}

const TEMPLATES: TemplatesView = {
  firms: [
    {
      id: 'apex',
      name: 'Apex Trader Funding',
      isActive: true,
      note: '',
      edition: '2026-01-02',
      templates: [
        template('apex.4_0.intraday.eval.50k.rithmic', 'Apex 4.0 50K intraday evaluation'),
        template('apex.4_0.eod.eval.50k.rithmic', 'Apex 4.0 50K end-of-day evaluation', {
          overrides: 1,
        }),
        template('apex.4_0.intraday.pa.50k', 'Apex 4.0 50K intraday performance account', {
          stage: 'pa',
          platform: null,
          automation: 'prohibited',
        }),
      ],
    },
    {
      id: 'ftmo',
      name: 'FTMO',
      isActive: true,
      note: '',
      edition: '2025-06-11',
      templates: [
        template('ftmo.two.challenge.100k', 'FTMO 100K two-step challenge', {
          size: '100K',
          platform: null,
          startBalance: null,
          automation: 'unknown',
          hasDailyOption: true,
          confidence: 'low',
          checkedOn: '2025-06-11',
          isOld: true,
        }),
      ],
    },
    {
      id: 'my-forex-funds',
      name: 'MyForexFunds',
      isActive: false,
      note: 'Closed since 2023. There is nothing to be judged by.',
      edition: '2026-01-02',
      templates: [],
    },
  ],
  problems: ['The pack my-firm.json cannot be used: its drawdown has no amount.'],
};

/** What a desk without an engine answers when it is asked about rules. */
export const RISK_ANSWERS: Answers = {
  'risk.templates': () => TEMPLATES,
  'risk.assign': () => ({
    outcome: 'now',
    from: SCENE,
    message: 'The account is judged by these rules from now on.',
  }),
  'risk.settings': ({ level }) =>
    level === 'observe'
      ? {
          outcome: 'later',
          from: Date.UTC(2026, 0, 5, 23, 0, 0),
          message: 'Less protection counts from the next session.',
        }
      : { outcome: 'now', from: SCENE, message: 'More protection counts at once.' },
  'risk.unlock': () => ({
    outcome: 'refused',
    from: null,
    message: 'This lock stands until the next session. Exits pass.',
  }),
  'risk.record': () => ({ outcome: 'now', from: null, message: 'The rules know of it.' }),
  'risk.importDays': () => ({
    outcome: 'refused',
    from: null,
    message: 'days.csv: Line 7: not a day in the form day,net,fills,kind',
  }),
  'risk.readOwnRules': ({ account }) => ({ account, rules: [], waiting: null }),
  'risk.ownRules': () => ({
    outcome: 'now',
    from: SCENE,
    message: 'The account is judged by your own rules, too.',
  }),
  'news.read': () => ({
    importedAt: SCENE - 172_800_000,
    releases: 214,
    first: Date.UTC(2026, 0, 5, 13, 30, 0),
    last: Date.UTC(2026, 1, 27, 15, 0, 0),
    doubt: '',
  }),
  'news.import': () => ({
    outcome: 'now',
    from: SCENE,
    message: 'calendar.csv: 231 releases were taken in.',
  }),
  'risk.whatIf': ({ quantity, ticks }) => {
    const loss = Math.abs(quantity) * ticks * dollars(12.5);
    const room = dollars(2_372.65);
    const left = room - loss;
    return {
      loss,
      room,
      left,
      ownLeft: left - dollars(775),
      binding: 'trailing',
      bindingTitle: 'Trailing drawdown',
      maxContracts: ticks === 0 ? null : Math.floor(room / (ticks * dollars(12.5))),
      outcome: left <= 0 ? 'breach' : left < dollars(775) ? 'overOwnLimit' : 'within',
      message: left <= 0 ? 'The floor would be reached.' : 'The floor would hold.',
    };
  },
};
