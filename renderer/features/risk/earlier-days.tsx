import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useRiskWish } from './use-risk-wish.ts';
import { WishAnswer } from './wish-answer.tsx';

/** Takes the days from before the desk watched from a file. */
export function EarlierDays({ account }: { readonly account: AccountView }) {
  const [state, ask] = useRiskWish('risk.importDays');
  return (
    <section className="fields" aria-labelledby="earlier-days">
      <h3 id="earlier-days">Days from before the desk watched</h3>
      <p className="field-note">
        Rules about the best day, winning days and payouts need them. A CSV file whose first line is{' '}
        <code>day,net,fills,kind</code>, then a line for each trading day such as{' '}
        <code>2026-01-02,412.50,6,full</code>. They can be taken in once.
      </p>
      <div className="field-row">
        <button
          type="button"
          className="button"
          disabled={state.kind === 'asking'}
          onClick={() => void ask({ account: account.name })}
        >
          Choose the file of days…
        </button>
      </div>
      <WishAnswer state={state} />
    </section>
  );
}
