import { useState } from 'react';
import type { DeskClient } from '../bridge/client.ts';

interface FallbackScreenProps {
  readonly client: DeskClient;
  readonly cause: string;
}

/** The least that must work: flatten everything and load the window again. Needs no store and no mirror. */
export function FallbackScreen({ client, cause }: FallbackScreenProps) {
  const [answer, setAnswer] = useState('');
  const flatten = (): void => {
    setAnswer('Asking the engine\u2026');
    void client
      .call('flatten.request', { scope: { kind: 'all' }, door: 'dashboard' })
      .then((reply) =>
        setAnswer(reply.ok ? WORDS[reply.value.outcome] : failure(reply.error.message)),
      );
  };
  return (
    <main className="fallback">
      <h1>The desk could not be drawn</h1>
      <p>
        The engine is not affected: it goes on watching and can flatten. This screen cannot show
        positions. If they matter now, look at NinjaTrader.
      </p>
      <button type="button" className="flatten-button is-hot" onClick={flatten}>
        <span className="flatten-label">Flatten everything</span>
        <span className="flatten-keys">close all, cancel all</span>
      </button>
      <p role="alert" className="fallback-answer">
        {answer}
      </p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Load the window again
      </button>
      <p className="fallback-cause">{cause}</p>
    </main>
  );
}

const WORDS = {
  started: 'Flattening. Load the window again to watch it, and check NinjaTrader.',
  joined: 'Already flattening. Load the window again to watch it, and check NinjaTrader.',
  waiting:
    'The link to NinjaTrader is down. The flatten is armed and runs when the link returns. Close positions in NinjaTrader by hand now.',
} as const;

function failure(message: string): string {
  return `The request did not get through: ${message} Close positions in NinjaTrader by hand now.`;
}
