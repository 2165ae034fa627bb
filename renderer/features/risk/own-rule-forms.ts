import type { OwnRulesView } from '../../../shared/protocol/ipc/own-rules.ts';

type OwnRule = OwnRulesView['rules'][number];
type Params = OwnRule['params'];

/** A common rule of one's own as the window offers it: some texts, and how they are parameters. */
interface OwnRuleForm {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  /** One label for each text. */
  readonly labels: readonly string[];
  /** The texts of parameters; null where they are others than the form has. */
  readonly read: (params: Params) => readonly string[] | null;
  readonly write: (texts: readonly string[]) => Params;
}

/** The texts of each form by the id of its rule; empty texts are no rule. */
export type OwnRuleTexts = Readonly<Record<string, readonly string[]>>;

type Head = Pick<OwnRuleForm, 'id' | 'title' | 'rule'>;

const NEW_YORK = 'America/New_York';

export const OWN_RULE_FORMS: readonly OwnRuleForm[] = [
  limit({ id: 'own.day', title: 'Largest loss of the day', rule: 'DLL' }, 'Lim', {}),
  limit({ id: 'own.week', title: 'Largest loss of the week', rule: 'PERIOD' }, 'Lim', {
    period: 'week',
  }),
  limit({ id: 'own.month', title: 'Largest loss of the month', rule: 'PERIOD' }, 'Lim', {
    period: 'month',
  }),
  limit({ id: 'own.profit', title: 'Stop after a profit of', rule: 'PROFITLOCK' }, 'profit', {}),
  counted({ id: 'own.trades', title: 'Trades a day', rule: 'TRADES' }, ['max'], ['Trades a day']),
  counted(
    { id: 'own.cool-down', title: 'A pause after losses', rule: 'STREAK' },
    ['max', 'pause'],
    ['Losses in a row', 'then a pause of minutes'],
  ),
  {
    ...{ id: 'own.give-back', title: 'Keep most of a good day', rule: 'GIVEBACK' },
    labels: ['From a profit of the day of', 'give back at most'],
    read: (params) => textsOf(params, ['from', 'amount']),
    write: ([from = '', amount = '']) => ({ from, amount }),
  },
  {
    ...{ id: 'own.hours', title: 'Trading hours', rule: 'HOURS' },
    labels: ['Entries from, in New York', 'until'],
    read: hoursOf,
    write: ([from = '', to = '']) => ({ zone: NEW_YORK, spans: [{ from, to }] }),
  },
];

/** The texts of the rules that the forms can show. */
export function textsOfRules(rules: readonly OwnRule[]): OwnRuleTexts {
  return Object.fromEntries(
    OWN_RULE_FORMS.map((form) => [form.id, shownOf(form, rules) ?? form.labels.map(() => '')]),
  );
}

/** Rules that no form shows; they stay as they are. */
export function otherRules(rules: readonly OwnRule[]): readonly OwnRule[] {
  return rules.filter((rule) => {
    const form = OWN_RULE_FORMS.find(({ id }) => id === rule.id);
    return form === undefined || shownOf(form, rules) === null;
  });
}

/** All rules as the texts have them, those of no form kept, effects and titles too. */
export function rulesOfTexts(texts: OwnRuleTexts, before: readonly OwnRule[]): readonly OwnRule[] {
  const kept = otherRules(before);
  const made = OWN_RULE_FORMS.flatMap((form): OwnRule[] => {
    const given = (texts[form.id] ?? []).map((text) => text.trim());
    const isTaken = kept.some(({ id }) => id === form.id);
    if (isTaken || given.every((text) => text === '')) return [];
    const { id, title, rule } = form;
    const known = before.find((one) => one.id === id);
    const params = form.write(given);
    return [{ ...{ id, title, rule, effect: 'lock' }, ...known, params }];
  });
  return [...made.map(withUsualEffect), ...kept];
}

/** Hours can only refuse. */
function withUsualEffect(rule: OwnRule): OwnRule {
  return rule.rule === 'HOURS' ? { ...rule, effect: 'refuse' } : rule;
}

function shownOf(form: OwnRuleForm, rules: readonly OwnRule[]): readonly string[] | null {
  const rule = rules.find(({ id }) => id === form.id);
  return rule?.rule === form.rule ? form.read(rule.params) : null;
}

function limit(head: Head, name: string, fixed: Params): OwnRuleForm {
  return {
    ...{ ...head, labels: [head.title] },
    read: ({ [name]: value, ...rest }) =>
      isSame(rest, fixed) ? textsOf({ value }, ['value']) : null,
    write: ([value = '']) => ({ ...fixed, [name]: value }),
  };
}

function counted(head: Head, names: readonly string[], labels: readonly string[]): OwnRuleForm {
  return {
    ...{ ...head, labels },
    read: (params) => textsOf(params, names),
    write: (texts) =>
      Object.fromEntries(
        names.flatMap((name, index) => {
          const text = texts[index] ?? '';
          // What is no number is left for the engine to refuse by its name.
          return text === '' ? [] : [[name, /^\d+$/.test(text) ? Number(text) : text]];
        }),
      ),
  };
}

/** The parameters as texts, in the order of the names; null when there are others. */
function textsOf(params: Params, names: readonly string[]): readonly string[] | null {
  if (Object.keys(params).some((key) => !names.includes(key))) return null;
  const texts = names.map((name) => {
    const value = params[name] ?? '';
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  });
  return texts.every((text) => text !== null) ? texts : null;
}

function hoursOf({ zone, spans, ...rest }: Params): readonly string[] | null {
  const isPlain = zone === NEW_YORK && Array.isArray(spans) && spans.length === 1;
  if (!isPlain || Object.keys(rest).length > 0) return null;
  const [span] = spans as readonly unknown[];
  return typeof span === 'object' && span !== null ? textsOf({ ...span }, ['from', 'to']) : null;
}

function isSame(a: Params, b: Params): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
