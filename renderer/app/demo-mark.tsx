import { useDesk } from './desk-context.ts';

/** Says in words, on every screen, that nothing here is real. */
export function DemoBand() {
  const isDemo = useDesk(({ view, info }) => view?.mode === 'demo' || info?.demo === true);
  if (!isDemo) return null;
  return (
    <p className="demo-band">
      <b>DEMO</b> Simulated NinjaTrader, simulated accounts. Nothing here is real money.
    </p>
  );
}

/** The same as a watermark behind nothing and in the way of nothing; a picture of the screen carries it. */
export function DemoMark() {
  const isDemo = useDesk(({ view, info }) => view?.mode === 'demo' || info?.demo === true);
  return isDemo ? (
    <div className="demo-mark" aria-hidden="true">
      DEMO
    </div>
  ) : null;
}
