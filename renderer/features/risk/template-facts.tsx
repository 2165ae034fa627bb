import { moneyText } from '../../format/money-text.ts';
import { counted } from '../../words/flatten-words.ts';
import { confidenceWords } from '../../words/risk-words.ts';
import {
  automationWords,
  availabilityWords,
  type TemplateView,
} from '../../words/template-words.ts';

interface TemplateFactsProps {
  readonly template: TemplateView;
  readonly edition: string;
}

/** What is chosen and how sure its figures are. */
export function TemplateFacts({ template, edition }: TemplateFactsProps) {
  const { startBalance, currency, checkedOn, confidence, isOld, overrides } = template;
  const isUnsure = isOld || confidence === 'low';
  return (
    <>
      <dl className="facts">
        <dt>Starts with</dt>
        <dd>{startBalance === null ? 'Not known' : moneyText(startBalance, currency)}</dd>
        <dt>Platform</dt>
        <dd>{template.platform ?? 'Any'}</dd>
        <dt>Offer</dt>
        <dd>{availabilityWords(template.availability)}</dd>
        <dt>Automation</dt>
        <dd>{automationWords(template.automation)}</dd>
        <dt>Edition</dt>
        <dd>
          {edition}, checked {checkedOn ?? 'at an unknown time'}, {confidenceWords(confidence)}
        </dd>
        {overrides > 0 && (
          <>
            <dt>Your own values</dt>
            <dd>{counted(overrides, 'value')} of this template replaced by you</dd>
          </>
        )}
      </dl>
      {isUnsure && (
        <p className="problem">
          {isOld ? 'These figures were checked long ago. ' : ''}
          {confidence === 'low' ? 'Some of these figures are not sure. ' : ''}
          Compare them with your agreement before you rely on them.
        </p>
      )}
      {startBalance === null && (
        <p className="problem">
          The start balance of this template is not known, so no floor can be worked out. It cannot
          be chosen.
        </p>
      )}
    </>
  );
}
