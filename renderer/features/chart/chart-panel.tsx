import { useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useDesk, useDeskParts, useUi } from '../../app/desk-context.ts';
import { priceText } from '../../format/price-text.ts';
import { UNKNOWN } from '../../format/money-text.ts';
import { instrumentNamed, followedInstrument } from '../../state/selectors.ts';
import { Age } from '../../ui/age.tsx';
import { ChartCanvas } from './chart-canvas.tsx';

/** The chart of one instrument: what the trader picked, or else what is open. */
export function ChartPanel() {
  const names = useDesk(useShallow(({ view }) => view?.instruments.map(({ name }) => name) ?? []));
  const shown = useUi((state) => state.shownInstrument);
  const followed = useDesk(({ view }) => followedInstrument(view, shown));
  const picked = useUi((state) => state.pickedInstrument);
  const account = useUi((state) => state.pickedAccount);
  const { ui } = useDeskParts();
  const name = picked !== null && names.includes(picked) ? picked : followed;
  useEffect(() => ui.setState({ shownInstrument: name }), [ui, name]);
  const options = useMemo(() => [...names].sort((a, b) => a.localeCompare(b, 'en')), [names]);
  return (
    <section className="panel chart" aria-label="Chart">
      <header className="panel-head chart-head">
        <label className="chart-pick">
          <span className="only-read">Instrument</span>
          <select
            value={name ?? ''}
            onChange={(event) => ui.setState({ pickedInstrument: event.target.value })}
          >
            {options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        </label>
        <span className="panel-note">1 minute</span>
        {account !== null && (
          <button
            type="button"
            className="chip"
            onClick={() => ui.setState({ pickedAccount: null })}
          >
            Only {account} <span aria-hidden="true">×</span>
            <span className="only-read">, show all accounts again</span>
          </button>
        )}
        {name !== null && <QuoteLine name={name} />}
      </header>
      {name === null ? (
        <p className="chart-none">No instrument was reported yet.</p>
      ) : (
        <ChartCanvas key={name} instrument={name} account={account} />
      )}
    </section>
  );
}

function QuoteLine({ name }: { readonly name: string }) {
  const instrument = useDesk(({ view }) => instrumentNamed(view, name));
  if (instrument === undefined) return null;
  const write = (ticks: number | null): string =>
    ticks === null ? UNKNOWN : priceText(ticks, instrument.tickSizeE8);
  return (
    <dl className="quote">
      <div>
        <dt>Bid</dt>
        <dd>{write(instrument.bid)}</dd>
      </div>
      <div>
        <dt>Ask</dt>
        <dd>{write(instrument.ask)}</dd>
      </div>
      <div className="quote-last">
        <dt>Last</dt>
        <dd>{write(instrument.last)}</dd>
      </div>
      <div>
        <dt className="only-read">Quoted</dt>
        <dd>
          <Age since={instrument.quotedAt} />
        </dd>
      </div>
    </dl>
  );
}
