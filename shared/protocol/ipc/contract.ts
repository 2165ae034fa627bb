import { z } from 'zod';
import { OwnRulesQuestion, OwnRulesView, OwnRulesWish } from './own-rules.ts';
import {
  DaysFileWish,
  NewsView,
  ProtectionWish,
  RecordWish,
  RiskAnswerView,
  RulesWish,
  TemplatesView,
  UnlockWish,
  WhatIfQuestion,
  WhatIfView,
} from './risk-calls.ts';
import { DayQuestion, EquityView, TimelineView } from './risk-day.ts';
import {
  AppInfoView,
  ChartView,
  DeskPatch,
  DeskView,
  ProofView,
  ScopeView,
  SettingsView,
  ShortcutView,
} from './views.ts';

/** A request of the window with one answer. Both sides parse strictly. */
interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly direction: 'call';
  readonly input: I;
  readonly output: O;
}

/** A message of the main process to the window. */
interface Push<P extends z.ZodType = z.ZodType> {
  readonly direction: 'push';
  readonly payload: P;
}

function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> {
  return { direction: 'call', input, output };
}

function push<P extends z.ZodType>(payload: P): Push<P> {
  return { direction: 'push', payload };
}

const nothing = z.undefined();
const FlattenId = z.strictObject({ flattenId: z.string().min(1).max(128) });

export const FlattenTicket = z.strictObject({
  flattenId: z.string(),
  /** `joined`: a running flatten already covers the scope. `waiting`: the link is down and the flatten is armed. */
  outcome: z.enum(['started', 'joined', 'waiting']),
});
export type FlattenTicket = z.infer<typeof FlattenTicket>;

/** The whole surface between window and main process; preload, handlers and fakes derive from it. */
export const ipcContract = {
  'desk.snapshot': call(nothing, DeskView),
  'desk.patch': push(DeskPatch),
  'flatten.request': call(
    z.strictObject({ scope: ScopeView, door: z.enum(['dashboard', 'accountCard']) }),
    FlattenTicket,
  ),
  'flatten.disarm': call(FlattenId, z.strictObject({ disarmed: z.boolean() })),
  'flatten.proof': call(FlattenId, ProofView.nullable()),
  'chart.read': call(z.strictObject({ instrument: z.string().min(1).max(200) }), ChartView),
  'risk.templates': call(nothing, TemplatesView),
  'risk.assign': call(RulesWish, RiskAnswerView),
  'risk.settings': call(ProtectionWish, RiskAnswerView),
  'risk.unlock': call(UnlockWish, RiskAnswerView),
  'risk.record': call(RecordWish, RiskAnswerView),
  'risk.whatIf': call(WhatIfQuestion, WhatIfView),
  'risk.equity': call(DayQuestion, EquityView),
  'risk.timeline': call(DayQuestion, TimelineView),
  'risk.readOwnRules': call(OwnRulesQuestion, OwnRulesView),
  'risk.ownRules': call(OwnRulesWish, RiskAnswerView),
  /** Has the trader choose a file; null when none was chosen. */
  'risk.importDays': call(DaysFileWish, RiskAnswerView.nullable()),
  'news.read': call(nothing, NewsView),
  /** Has the trader choose a file; null when none was chosen. */
  'news.import': call(nothing, RiskAnswerView.nullable()),
  'settings.read': call(nothing, SettingsView),
  'settings.change': call(
    SettingsView.partial(),
    z.strictObject({ settings: SettingsView, shortcut: ShortcutView }),
  ),
  'app.info': call(nothing, AppInfoView),
} as const;

export type IpcContract = typeof ipcContract;
export type IpcKey = keyof IpcContract;
export type CallKey = { [K in IpcKey]: IpcContract[K] extends Call ? K : never }[IpcKey];
export type PushKey = Exclude<IpcKey, CallKey>;

export type CallInput<K extends CallKey> = z.input<IpcContract[K]['input']>;
export type CallOutput<K extends CallKey> = z.output<IpcContract[K]['output']>;
export type PushPayload<K extends PushKey> = z.output<IpcContract[K]['payload']>;

/** Why a call was not answered; `message` is for a person. */
export interface IpcError {
  readonly code: 'FORBIDDEN_SENDER' | 'BAD_INPUT' | 'TOO_LARGE' | 'REFUSED' | 'INTERNAL';
  readonly message: string;
}

export type IpcReply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: IpcError };

/** What preload puts on `window.desk`. */
export interface DeskApi {
  call<K extends CallKey>(key: K, input: CallInput<K>): Promise<IpcReply<CallOutput<K>>>;
  /** Returns the function that ends the subscription. */
  listen<K extends PushKey>(key: K, listener: (payload: PushPayload<K>) => void): () => void;
}
