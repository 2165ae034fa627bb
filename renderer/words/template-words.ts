import type { TemplatesView } from '../../shared/protocol/ipc/risk-calls.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';

export type FirmView = TemplatesView['firms'][number];
export type TemplateView = FirmView['templates'][number];

/** Why the desk begins with observing under this template; empty when the firm lets software act. */
export function automationObjection(automation: TemplateView['automation']): string {
  switch (automation) {
    case 'allowed':
    case 'ownOnly':
      return '';
    case 'manualOnly':
      return 'This firm allows trading by hand only. Acting by itself may break its rules.';
    case 'prohibited':
      return 'This firm forbids software that trades by itself. Acting by itself may cost the account.';
    case 'unknown':
      return 'Whether this firm allows software that trades by itself is not known. Ask it first.';
    default:
      return assertNever(automation);
  }
}

/** What the firm says of software that trades by itself. */
export function automationWords(automation: TemplateView['automation']): string {
  switch (automation) {
    case 'allowed':
      return 'Allowed';
    case 'ownOnly':
      return 'Allowed for software of your own';
    case 'manualOnly':
      return 'By hand only';
    case 'prohibited':
      return 'Forbidden';
    case 'unknown':
      return 'Not known';
    default:
      return assertNever(automation);
  }
}

const STAGES: Readonly<Record<string, string>> = {
  eval: 'Evaluation',
  pa: 'Performance account',
  xfa: 'Express funded account',
  sim: 'Simulated funded account',
  livesim: 'Live simulation',
};

/** A stage of a firm's programme; a word that is not known is shown as the pack has it. */
export function stageWords(stage: string): string {
  const plain = stage.replaceAll('_', ' ');
  return STAGES[stage] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** Whether the firm still sells it. */
export function availabilityWords(availability: TemplateView['availability']): string {
  switch (availability) {
    case 'sold':
      return 'Sold now';
    case 'retired':
      return 'No longer sold; for accounts that were bought before';
    case 'unknown':
      return 'Whether it is still sold is not known';
    default:
      return assertNever(availability);
  }
}
