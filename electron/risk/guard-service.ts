import type {
  RiskAnswerView,
  TemplatesView,
  WhatIfView,
} from '../../shared/protocol/ipc/risk-calls.ts';
import { NO_RULES_CHOSEN, type RiskView } from '../../shared/protocol/ipc/risk-view.ts';
import type { RiskPort } from '../engine/ports.ts';
import type { PackLibrary } from './pack-library.ts';
import { templatesView } from './templates-view.ts';

const NOT_TAKEN: RiskAnswerView = {
  outcome: 'refused',
  from: null,
  message: 'The desk cannot judge by rules yet.',
};

/** Judges no account yet: until rules are chosen an account is unknown, and unknown is not fine. */
class GuardService implements RiskPort {
  readonly #library: PackLibrary;

  constructor(library: PackLibrary) {
    this.#library = library;
  }

  view(): RiskView {
    return NO_RULES_CHOSEN;
  }

  templates(): TemplatesView {
    return templatesView(this.#library);
  }

  assign(): RiskAnswerView {
    return NOT_TAKEN;
  }

  settings(): RiskAnswerView {
    return NOT_TAKEN;
  }

  unlock(): RiskAnswerView {
    return NOT_TAKEN;
  }

  whatIf(): WhatIfView {
    return {
      ...{ loss: null, room: null, left: null, ownLeft: null, maxContracts: null },
      ...{ binding: null, bindingTitle: '', outcome: 'unknown' },
      message: NO_RULES_CHOSEN.reason,
    };
  }
}

/** Makes the service that judges the desk's accounts by their rules. */
export function createGuardService(library: PackLibrary): RiskPort {
  return new GuardService(library);
}
