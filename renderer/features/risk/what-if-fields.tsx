import { useShallow } from 'zustand/react/shallow';
import { useDesk } from '../../app/desk-context.ts';

/** A question as it is typed. */
export interface WhatIfDraft {
  readonly instrument: string;
  readonly side: 1 | -1;
  readonly size: string;
  readonly ticks: string;
}

interface WhatIfFieldsProps {
  readonly draft: WhatIfDraft;
  readonly onChange: (part: Partial<WhatIfDraft>) => void;
}

export function WhatIfFields({ draft, onChange }: WhatIfFieldsProps) {
  const names = useDesk(useShallow(({ view }) => view?.instruments.map(({ name }) => name) ?? []));
  return (
    <>
      <label className="what-if-field">
        Side
        <select
          className="pick"
          value={draft.side}
          onChange={({ target }) => onChange({ side: target.value === '1' ? 1 : -1 })}
        >
          <option value={1}>Buy</option>
          <option value={-1}>Sell</option>
        </select>
      </label>
      <WholeField
        label="Contracts"
        text={draft.size}
        isWrong={sizeOf(draft) === null}
        onChange={(size) => onChange({ size })}
      />
      <label className="what-if-field">
        Instrument
        <select
          className="pick"
          value={draft.instrument}
          onChange={({ target }) => onChange({ instrument: target.value })}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <WholeField
        label="Ticks against it"
        text={draft.ticks}
        isWrong={ticksOf(draft) === null}
        onChange={(ticks) => onChange({ ticks })}
      />
    </>
  );
}

/** Contracts to add; null while the text is no such number. */
export function sizeOf({ size }: WhatIfDraft): number | null {
  return whole(size, 10_000);
}

/** How far the price goes against the position; null while the text is no such number. */
export function ticksOf({ ticks }: WhatIfDraft): number | null {
  return whole(ticks, 1_000_000);
}

function whole(text: string, most: number): number | null {
  if (!/^\d{1,7}$/.test(text.trim())) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

interface WholeFieldProps {
  readonly label: string;
  readonly text: string;
  readonly isWrong: boolean;
  readonly onChange: (text: string) => void;
}

function WholeField({ label, text, isWrong, onChange }: WholeFieldProps) {
  return (
    <label className="what-if-field">
      {label}
      <input
        className="input"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        aria-invalid={isWrong}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
