import type { MonoMs } from '../../shared/kernel/clock.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { LogFields } from '../../shared/kernel/log.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';
import { ConnectionTable } from './connection-table.ts';
import { ExecutionLedger } from './execution-ledger.ts';
import type { InstrumentTable, TranslationCode } from './instrument-table.ts';
import { MarketFilter } from './market-filter.ts';
import type { Resync } from './resync.ts';
import {
  SnapshotAssembly,
  type SnapshotMessage,
  type TornSnapshot,
  type WholeSnapshot,
} from './snapshot-assembly.ts';
import {
  translateAccount,
  translateConnection,
  translateItem,
  translatePosition,
  type Lexicon,
} from './translate.ts';
import { translateGuard, translateResult } from './translate-guard.ts';
import { translateBar, translateQuote } from './translate-market.ts';
import { translateExecution, translateOrder } from './translate-order.ts';
import { translateSnapshot } from './translate-snapshot.ts';

/** What a message asks of the session besides the facts it carries. */
export type InboxEffect =
  | { readonly kind: 'pong'; readonly echo: string }
  | { readonly kind: 'goodbye'; readonly reason: string }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly event: string;
      readonly fields: LogFields;
    };

export interface InboxDeps {
  readonly instruments: InstrumentTable;
  readonly resync: Resync;
  readonly emit: (fact: Fact) => void;
  readonly refuse: (type: string, code: string, detail: string, seq?: number) => void;
  readonly note: (effect: InboxEffect) => void;
}

type Of<T extends AddonEvent['type']> = Extract<AddonEvent, { type: T }>;
interface Subject {
  readonly account?: string;
  readonly instrument?: string;
}

const MAX_NEWS = 200;
const LOG_LEVELS = { info: 'info', warning: 'warn', error: 'error' } as const;

/** Turns decoded messages of one session into facts. */
export class Inbox {
  /** Whether the message at hand was overtaken by a newer one. */
  late = false;
  readonly #deps: InboxDeps;
  readonly #lexicon: Lexicon;
  readonly #assembly = new SnapshotAssembly();
  readonly #ledger = new ExecutionLedger();
  readonly #market = new MarketFilter();
  readonly #news = new Set<string>();
  readonly #accounts = new Set<string>();

  constructor(deps: InboxDeps) {
    this.#deps = deps;
    this.#lexicon = { instruments: deps.instruments, connections: new ConnectionTable() };
  }

  take(event: AddonEvent, bytes: number, now: MonoMs): void {
    switch (event.type) {
      case 'quote':
        this.#quote(event);
        break;
      case 'order':
        this.#order(event);
        break;
      case 'execution':
        this.#execution(event);
        break;
      case 'position':
        this.#deliver(event, translatePosition(event.payload, event.seq, this.#lexicon));
        break;
      case 'accountItem':
        this.#deliver(event, translateItem(event.payload, event.seq, this.#lexicon));
        break;
      case 'bar':
        this.#bar(event);
        break;
      case 'snapshot':
        this.#snapshot(event, bytes, now);
        break;
      case 'account':
        this.#account(event);
        break;
      case 'connection':
        this.#connection(event);
        break;
      case 'instrument':
        this.#instrument(event);
        break;
      case 'commandAck':
        this.#deps.emit({ kind: 'command.acked', ...event.payload });
        break;
      case 'commandResult':
        return this.#deps.emit(translateResult(event.payload));
      case 'flattenProgress':
        return this.#flattenProgress(event);
      case 'pong':
        this.#deps.note({ kind: 'pong', echo: event.payload.echo });
        break;
      case 'goodbye':
        this.#deps.note({ kind: 'goodbye', reason: event.payload.reason });
        break;
      case 'resyncNeeded':
        this.#deps.resync.doubt('platform');
        break;
      case 'addonLog':
        this.#addonLog(event);
        break;
      case 'guardState':
        return this.#guardState(event);
      case 'heartbeat':
        break;
      default:
        assertNever(event);
    }
  }

  sweep(highestSeq: number, now: MonoMs): readonly TornSnapshot[] {
    return this.#assembly.sweep(highestSeq, now);
  }

  /** True the first time in this session; what would repeat for ever is told once. */
  isNewsOf(subject: string): boolean {
    if (this.#news.has(subject) || this.#news.size >= MAX_NEWS) return false;
    this.#news.add(subject);
    return true;
  }

  #deliver(
    event: AddonEvent & { payload: Subject },
    fact: Result<Fact | null, TranslationCode>,
  ): void {
    if (!fact.ok) this.#refuse(event, fact.error);
    else if (fact.value !== null) this.#deps.emit(fact.value);
  }

  #refuse(event: AddonEvent & { payload: Subject }, code: TranslationCode): void {
    const { account = '', instrument = '' } = event.payload;
    if (account !== '') this.#meet(account);
    const isMarket = event.type === 'quote' || event.type === 'bar';
    const detail = `account=${account} instrument=${instrument}`;
    this.#deps.refuse(event.type, code, detail, isMarket ? undefined : event.seq);
    this.#deps.resync.doubt('refused', { settledAt: event.seq });
  }

  #quote(event: Of<'quote'>): void {
    if (!this.#market.isNewestQuote(event.payload.instrument, event.seq)) return;
    const quote = translateQuote(event.payload, this.#lexicon);
    if (!quote.ok) this.#refuseMarketData(event, quote.error);
    else this.#deps.emit({ kind: 'quote.reported', quote: quote.value });
  }

  #bar(event: Of<'bar'>): void {
    // A bar that is still growing and was overtaken would set the minute back.
    if (this.late && !event.payload.closed) return;
    const bar = translateBar(event.payload, this.#lexicon);
    if (!bar.ok) this.#refuseMarketData(event, bar.error);
    else if (bar.value !== null) this.#deps.emit({ kind: 'bar.reported', bar: bar.value });
  }

  /** Market data comes by the thousand: a fault of it is told once, and asks once for the missing terms. */
  #refuseMarketData(event: Of<'quote'> | Of<'bar'>, code: TranslationCode): void {
    if (this.isNewsOf(`${event.type} ${code} ${event.payload.instrument}`)) {
      this.#refuse(event, code);
    }
  }

  #order(event: Of<'order'>): void {
    const order = translateOrder(event.payload, this.#lexicon);
    if (!order.ok) this.#refuse(event, order.error);
    else this.#deps.emit({ kind: 'order.reported', seq: event.seq, order: order.value });
  }

  #execution(event: Of<'execution'>): void {
    const { account, executionId } = event.payload;
    this.#ledger.add(account, executionId, event.seq);
    const execution = translateExecution(event.payload, this.#lexicon);
    if (!execution.ok) {
      this.#refuse(event, execution.error);
      return;
    }
    this.#deps.resync.executed(execution.value.executedAt);
    this.#deps.emit({ kind: 'execution.reported', seq: event.seq, execution: execution.value });
  }

  #account(event: Of<'account'>): void {
    const { name, connectionStatus, connectionName } = event.payload;
    this.#lexicon.connections.account(name, event.seq, {
      status: connectionStatus,
      connection: connectionName,
    });
    this.#meet(name);
    this.#deps.emit(translateAccount(event.payload, event.seq));
  }

  #connection(event: Of<'connection'>): void {
    const { name, status } = event.payload;
    this.#lexicon.connections.connection(name, event.seq, status);
    this.#deps.emit(translateConnection(event.payload, event.seq));
  }

  #instrument(event: Of<'instrument'>): void {
    const learned = this.#lexicon.instruments.learn(event.payload);
    if (!learned.ok) {
      this.#deps.refuse('instrument', learned.error, `instrument=${event.payload.fullName}`);
      return;
    }
    if (!learned.value.changed) return;
    const { instrument } = learned.value;
    this.#deps.emit({ kind: 'instrument.reported', seq: event.seq, instrument });
  }

  /** A guard that cannot be read puts no position in doubt; what listens to it learns that it is unknown. */
  #guardState({ payload, seq }: Of<'guardState'>): void {
    const report = translateGuard(payload, seq);
    if (report.ok) this.#deps.emit(report.value);
    else this.#deps.refuse('guardState', report.error, `revision=${payload.revision}`);
  }

  #flattenProgress({ payload }: Of<'flattenProgress'>): void {
    this.#deps.emit({
      kind: 'flatten.progressed',
      ...payload,
      account: payload.account as AccountName,
      instrument: payload.instrument as InstrumentName,
    });
  }

  #addonLog({ payload }: Of<'addonLog'>): void {
    const { level, code, text } = payload;
    const fields = { code, text };
    this.#deps.note({ kind: 'log', level: LOG_LEVELS[level], event: 'addon.log', fields });
  }

  #snapshot(message: SnapshotMessage, bytes: number, now: MonoMs): void {
    const step = this.#assembly.add({ message, bytes, now });
    if (step.kind === 'torn') this.#deps.resync.torn(step.torn.scope, step.torn.commandId);
    if (step.kind === 'whole') this.#wholeSnapshot(step.snapshot);
  }

  #wholeSnapshot(whole: WholeSnapshot): void {
    const { complete } = this.#deps.resync.received(whole);
    const { instruments, snapshot } = translateSnapshot(whole, this.#lexicon);
    // Terms that cannot be read would be asked for without end, and hide nothing that an account holds.
    const hasUnread = snapshot.refused.some(
      ({ type, account }) => type !== 'instrument' || account !== '',
    );
    this.#deps.resync.read(whole.scope, hasUnread);
    for (const instrument of instruments) {
      this.#deps.emit({ kind: 'instrument.reported', seq: snapshot.seq, instrument });
    }
    for (const part of whole.parts) {
      for (const { account, executionId } of part.executions) {
        this.#ledger.add(account, executionId, whole.asOfSeq);
      }
    }
    for (const { executedAt } of snapshot.executions) this.#deps.resync.executed(executedAt);
    this.#compareCounts(whole, complete);
    this.#deps.emit(snapshot);
  }

  #compareCounts(whole: WholeSnapshot, complete: boolean): void {
    const when = { asOfSeq: whole.asOfSeq, complete };
    for (const { name, executionCount } of whole.parts.flatMap((part) => part.accounts)) {
      this.#meet(name);
      if (this.#ledger.compare(name, executionCount, when) === 'agrees') continue;
      // A full snapshot with the usual overlap did not help: only all executions can.
      this.#deps.resync.doubt('executionCount', { deep: whole.scope === 'full' });
    }
  }

  /** Makes the account known to the log before its name can stand in a text. */
  #meet(account: string): void {
    if (this.#accounts.has(account) || this.#accounts.size >= MAX_NEWS) return;
    this.#accounts.add(account);
    const fields = { account };
    this.#deps.note({ kind: 'log', level: 'info', event: 'bridge.accountSeen', fields });
  }
}
