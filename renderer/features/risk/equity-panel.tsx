import { useCallback, useEffect, useState } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useHistory } from '../../app/desk-context.ts';
import { createEquityChart, type EquityChart } from '../../charts/equity-chart.ts';
import { moneyText } from '../../format/money-text.ts';
import { clockText } from '../../format/time-text.ts';
import { equityOf, type EquityLine } from '../../state/equity-line.ts';
import { useTheme } from '../../ui/theme.tsx';
import { DayRecallNote } from './day-recall-note.tsx';
import type { DayRecall } from './use-day.ts';

const NO_LINE: EquityLine = [];

interface EquityPanelProps {
  readonly account: AccountView;
  readonly recall: DayRecall;
  readonly onAgain: () => void;
}

/** Equity of the day, with the firm's floor, the own limit and the peak. */
export function EquityPanel({ account, recall, onAgain }: EquityPanelProps) {
  const line = useHistory(({ equity }) => equity[account.name] ?? NO_LINE);
  const [chart, attach] = useEquityChart(account.currency);
  useEffect(() => chart?.setLine(line), [chart, line]);
  return (
    <figure className="equity">
      <figcaption className="panel-note">{caption(line, recall)}</figcaption>
      <DayRecallNote recall={recall} onAgain={onAgain} />
      <div className="equity-body">
        <div ref={attach} className="equity-canvas" role="img" aria-label={equityWords(account)} />
      </div>
    </figure>
  );
}

function caption(line: EquityLine, recall: DayRecall): string {
  const first = line[0];
  if (first === undefined) return 'Equity';
  const since = clockText(first.at);
  return recall.kind === 'known' && recall.day !== null
    ? `Equity of ${recall.day} since ${since}`
    : `Equity since ${since}, as this window saw it`;
}

type Attach = (element: HTMLElement | null) => () => void;

function useEquityChart(currency: string): readonly [EquityChart | null, Attach] {
  const [chart, setChart] = useState<EquityChart | null>(null);
  const theme = useTheme();
  const attach = useCallback<Attach>(
    (element) => {
      if (element === null) return () => undefined;
      const made = createEquityChart(element, currency);
      setChart(made);
      return () => {
        made.destroy();
        setChart(null);
      };
    },
    [currency],
  );
  useEffect(() => chart?.recolour(), [chart, theme]);
  return [chart, attach];
}

function equityWords(account: AccountView): string {
  const { displayName, currency, risk } = account;
  const levels: readonly (readonly [string, number | null])[] = [
    ['equity', equityOf(account)],
    ['firm\u2019s floor', risk.floor],
    ['your limit', risk.own?.level ?? null],
    ['peak', risk.peak],
  ];
  const told = levels.map(
    ([name, value]) => `${name} ${value === null ? 'not known' : moneyText(value, currency)}`,
  );
  return `Equity chart of ${displayName}: ${told.join(', ')}`;
}
