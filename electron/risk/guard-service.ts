import { NO_RULES_CHOSEN, type RiskView } from '../../shared/protocol/ipc/risk-view.ts';
import type { RiskPort } from '../engine/ports.ts';

/** Judges no account yet: until rules are chosen an account is unknown, and unknown is not fine. */
class GuardService implements RiskPort {
  view(): RiskView {
    return NO_RULES_CHOSEN;
  }
}

/** Makes the service that judges the desk's accounts by their rules. */
export function createGuardService(): RiskPort {
  return new GuardService();
}
