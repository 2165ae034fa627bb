import type { ProtectionWish } from '../../../shared/protocol/ipc/risk-calls.ts';
import { levelWords } from '../../words/risk-words.ts';
import { shareText } from '../../words/rule-words.ts';

/** How far the desk may act by itself, and how much of the firm's room it leaves. */
export type ProtectionDraft = Pick<ProtectionWish, 'level' | 'safety' | 'insists'>;

const LEVELS = ['observe', 'guard', 'protect'] as const;

/** Share of the firm's room that may be used, in parts per thousand. */
const SAFETIES = [
  [500, 'Conservative'],
  [700, 'Balanced'],
  [850, 'Aggressive'],
] as const;

interface ProtectionFieldsProps {
  readonly draft: ProtectionDraft;
  /** Why a level above observing needs the trader's insistence; empty when it does not. */
  readonly objection: string;
  /** Why the desk only observes, whatever is chosen and insisted on; empty when it may act. */
  readonly barrier: string;
  readonly onChange: (draft: ProtectionDraft) => void;
}

export function ProtectionFields({ draft, objection, barrier, onChange }: ProtectionFieldsProps) {
  const isKnown = SAFETIES.some(([safety]) => safety === draft.safety);
  return (
    <>
      <fieldset className="field choices">
        <legend className="field-label">Protection</legend>
        {LEVELS.map((level) => (
          <label key={level} className="choice">
            <input
              type="radio"
              name="level"
              checked={draft.level === level}
              onChange={() => onChange({ ...draft, level })}
            />
            <span>{levelWords(level)}</span>
          </label>
        ))}
      </fieldset>
      {barrier !== '' && draft.level !== 'observe' && (
        <p className="problem">
          {barrier} The level is kept, and until that changes the desk only observes.
        </p>
      )}
      {objection !== '' && draft.level !== 'observe' && (
        <div className="problem">
          <p>{objection}</p>
          <label className="choice">
            <input
              type="checkbox"
              checked={draft.insists}
              onChange={(event) => onChange({ ...draft, insists: event.target.checked })}
            />
            <span>
              If that is the firm’s policy: I know it, and I want this level all the same.
            </span>
          </label>
        </div>
      )}
      <fieldset className="field choices">
        <legend className="field-label">Your own limit, inside the firm’s</legend>
        {SAFETIES.map(([safety, name]) => (
          <label key={safety} className="choice">
            <input
              type="radio"
              name="safety"
              checked={draft.safety === safety}
              onChange={() => onChange({ ...draft, safety })}
            />
            <span>
              {name}: may use {shareText(safety)} of the firm’s room
            </span>
          </label>
        ))}
        {!isKnown && (
          <p className="field-note">Now {shareText(draft.safety)}, a value of your own.</p>
        )}
      </fieldset>
    </>
  );
}
