import { useState, type SyntheticEvent } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useDeskParts } from '../../app/desk-context.ts';
import { useUiClock } from '../../ui/clock.tsx';
import { WhatIfAnswer, type WhatIfReading } from './what-if-answer.tsx';
import { sizeOf, ticksOf, WhatIfFields, type WhatIfDraft } from './what-if-fields.tsx';

/** What adding a size would come to if the price then went against it: which rule binds, and what is left. */
export function WhatIfForm({ account }: { readonly account: AccountView }) {
  const { client, desk, ui } = useDeskParts();
  const clock = useUiClock();
  const [reading, setReading] = useState<WhatIfReading>({ kind: 'idle' });
  const [draft, setDraft] = useState<WhatIfDraft>(() => {
    const first = desk.getState().view?.instruments[0]?.name ?? '';
    const instrument = ui.getState().shownInstrument ?? first;
    return { instrument, side: 1, size: '1', ticks: '20' };
  });
  const size = sizeOf(draft);
  const ticks = ticksOf(draft);
  const { instrument, side } = draft;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (size === null || ticks === null) return;
    setReading({ kind: 'asking' });
    const question = { account: account.name, instrument, quantity: size * side, ticks };
    void client
      .call('risk.whatIf', question)
      .then((reply) =>
        setReading(
          reply.ok
            ? { kind: 'answered', at: clock.now(), answer: reply.value }
            : { kind: 'failed', message: reply.error.message },
        ),
      );
  };
  const change = (part: Partial<WhatIfDraft>): void => {
    setDraft({ ...draft, ...part });
    // An answer must not stand beside another question.
    setReading({ kind: 'idle' });
  };
  return (
    <section aria-labelledby="what-if">
      <h3 id="what-if">What if</h3>
      <form className="what-if" onSubmit={submit}>
        <WhatIfFields draft={draft} onChange={change} />
        <button
          type="submit"
          className="button"
          disabled={size === null || ticks === null || instrument === ''}
        >
          Work it out
        </button>
      </form>
      <WhatIfAnswer reading={reading} currency={account.currency} />
    </section>
  );
}
