import type { CallInput, CallKey, CallOutput } from '../../../shared/protocol/ipc/contract.ts';

type RiskKey = Extract<CallKey, `risk.${string}`>;
type Answers = { [K in RiskKey]: (input: CallInput<K>) => CallOutput<K> };

const NOT_TAKEN = { outcome: 'refused', from: null, message: 'This desk has no engine.' } as const;

/** What a desk without an engine answers when it is asked about rules. */
export const RISK_ANSWERS: Answers = {
  'risk.templates': () => ({ firms: [], problems: [] }),
  'risk.assign': () => NOT_TAKEN,
  'risk.settings': () => NOT_TAKEN,
  'risk.unlock': () => NOT_TAKEN,
  'risk.whatIf': () => ({
    loss: null,
    room: null,
    left: null,
    ownLeft: null,
    binding: null,
    bindingTitle: '',
    maxContracts: null,
    outcome: 'unknown',
    message: 'No rules are chosen for this account.',
  }),
};
