import { useMemo } from 'react';
import type { TemplatesView } from '../../../shared/protocol/ipc/risk-calls.ts';
import { stageWords, type FirmView, type TemplateView } from '../../words/template-words.ts';

export interface TemplatePick {
  readonly firm: FirmView | undefined;
  readonly template: TemplateView | undefined;
}

interface TemplatePickerProps {
  readonly templates: TemplatesView;
  readonly pick: TemplatePick;
  readonly onPick: (pick: TemplatePick) => void;
}

/** First the firm, then the product, stage and size. Nothing is guessed from the account. */
export function TemplatePicker({ templates, pick, onPick }: TemplatePickerProps) {
  const { firm, template } = pick;
  const stages = useMemo(() => byStage(firm), [firm]);
  return (
    <>
      <label className="field">
        <span className="field-label">Firm</span>
        <select
          className="pick"
          value={firm?.id ?? ''}
          onChange={({ target }) =>
            onPick({
              firm: templates.firms.find(({ id }) => id === target.value),
              template: undefined,
            })
          }
        >
          <option value="">Choose the firm</option>
          {templates.firms.map(({ id, name, isActive }) => (
            <option key={id} value={id}>
              {isActive ? name : `${name} (closed)`}
            </option>
          ))}
        </select>
      </label>
      {firm !== undefined && firm.note !== '' && <p className="field-note">{firm.note}</p>}
      {firm !== undefined && firm.templates.length > 0 && (
        <label className="field">
          <span className="field-label">Account as you bought it</span>
          <select
            className="pick"
            value={template?.id ?? ''}
            onChange={({ target }) =>
              onPick({ firm, template: firm.templates.find(({ id }) => id === target.value) })
            }
          >
            <option value="">Choose the product, stage and size</option>
            {stages.map(([stage, list]) => (
              <optgroup key={stage} label={stageWords(stage)}>
                {list.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function byStage(
  firm: FirmView | undefined,
): readonly (readonly [string, readonly TemplateView[]])[] {
  const stages = new Map<string, TemplateView[]>();
  for (const template of firm?.templates ?? []) {
    stages.set(template.stage, [...(stages.get(template.stage) ?? []), template]);
  }
  return [...stages];
}
