import type { RiskEntry } from '../../../shared/domain/journal/risk-fold.ts';
import type { FeedEntryView } from '../../../shared/protocol/ipc/views.ts';

type Said = Pick<FeedEntryView, 'severity' | 'account' | 'text'>;

/** What the feed says of the rules and of the guard over an account. */
export function riskLine(entry: RiskEntry): Said | null {
  const { account } = entry;
  switch (entry.kind) {
    case 'rules.assigned': {
      const { template, edition } = entry.epoch;
      const text = `Rules of ${account}: ${template}, edition ${edition}.`;
      return { severity: 'notice', account, text };
    }
    case 'protection.chosen': {
      const { level, safety } = entry.choice;
      const text = `Protection of ${account}: ${level}, ${safety / 10} % of the firm's room.`;
      return { severity: 'notice', account, text };
    }
    case 'own-rules.chosen': {
      const names = entry.choice.rules.map(({ title }) => title).join(', ');
      const text = `Your own rules of ${account}: ${names === '' ? 'none' : names}.`;
      return { severity: 'notice', account, text };
    }
    case 'risk.told':
      return { severity: entry.severity, account, text: entry.text };
    case 'risk.kept':
    case 'risk.taken':
    case 'risk.course':
    case 'locks.kept':
    case 'protection.kept':
      return null;
  }
}
