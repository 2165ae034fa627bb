import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { ChartPanel } from '../features/chart/chart-panel.tsx';
import { RulesPanel } from '../features/risk/rules-panel.tsx';
import type { UiState } from '../state/ui-store.ts';
import { useDeskParts, useUi } from './desk-context.ts';
import { PartBoundary } from './part-boundary.tsx';

const TABS = [
  ['price', 'Price chart'],
  ['rules', 'Rules and room'],
] as const satisfies readonly (readonly [UiState['stage'], string])[];

/** The middle of the desk: the price chart, or one account's rules. */
export function Stage() {
  const { ui } = useDeskParts();
  const stage = useUi((state) => state.stage);
  const asked = useUi((state) => state.rulesAsked);
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  // In a small window the rules that were asked for lie below the accounts.
  useEffect(() => {
    if (asked > 0) tabs.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  const move = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other =
      event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling;
    if (other instanceof HTMLElement) other.focus();
    ui.setState({ stage: stage === 'price' ? 'rules' : 'price' });
  };
  return (
    <div className="stage">
      <div ref={tabs} className="tabs" role="tablist" aria-label="Middle of the desk">
        {TABS.map(([value, label]) => (
          <button
            key={value}
            type="button"
            role="tab"
            id={`${id}-${value}`}
            className="tab"
            aria-selected={stage === value}
            aria-controls={`${id}-panel`}
            tabIndex={stage === value ? 0 : -1}
            onKeyDown={move}
            onClick={() => ui.setState({ stage: value })}
          >
            {label}
          </button>
        ))}
      </div>
      <div
        className="stage-panel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${stage}`}
      >
        {stage === 'price' ? (
          <PartBoundary name="chart">
            <ChartPanel />
          </PartBoundary>
        ) : (
          <PartBoundary name="rules panel">
            <RulesPanel />
          </PartBoundary>
        )}
      </div>
    </div>
  );
}
