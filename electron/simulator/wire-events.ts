import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { PlatformEvent } from '../../shared/simulation/platform-event.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';
import {
  accountRecord,
  barRecord,
  connectionRecord,
  executionRecord,
  guardRecord,
  instrumentRecord,
  itemRecord,
  orderRecord,
  positionRecord,
  quoteRecord,
  type ContractOf,
} from './wire-records.ts';

/** Type and payload of an AddOn message, without its envelope. */
export type Outgoing = AddonEvent extends infer M
  ? M extends { type: infer T; payload: infer P }
    ? { readonly type: T; readonly payload: P; readonly correlationId?: string }
    : never
  : never;

/** Writes what the platform reports in the protocol's words. */
export function messageOf(event: PlatformEvent, contractOf: ContractOf): Outgoing {
  switch (event.kind) {
    case 'account':
      return { type: 'account', payload: accountRecord(event.account) };
    case 'item':
      return { type: 'accountItem', payload: itemRecord(event.item) };
    case 'order': {
      const { order } = event;
      return { type: 'order', payload: orderRecord(order, contractOf(order.instrument)) };
    }
    case 'execution': {
      const payload = executionRecord(event.execution, contractOf(event.execution.instrument));
      return { type: 'execution', payload };
    }
    case 'position': {
      const payload = positionRecord(event.position, contractOf(event.position.instrument));
      return { type: 'position', payload };
    }
    case 'connection':
      return { type: 'connection', payload: connectionRecord(event.connection) };
    case 'instrument':
      return { type: 'instrument', payload: instrumentRecord(event.contract) };
    case 'quote': {
      const { quote } = event;
      return { type: 'quote', payload: quoteRecord(quote, contractOf(quote.instrument)) };
    }
    case 'bar':
      return { type: 'bar', payload: barRecord(event.bar, contractOf(event.bar.instrument)) };
    case 'ack':
      return { type: 'commandAck', payload: event.ack, correlationId: event.ack.commandId };
    case 'result': {
      const payload = { ...event.result, remaining: [...event.result.remaining] };
      return { type: 'commandResult', payload, correlationId: payload.commandId };
    }
    case 'progress': {
      const { progress } = event;
      const correlationId = progress.commandId;
      return { type: 'flattenProgress', payload: progress, correlationId };
    }
    case 'guard': {
      const accounts = event.guard.accounts.map(guardRecord);
      return { type: 'guardState', payload: { ...event.guard, accounts } };
    }
    default:
      return assertNever(event);
  }
}
