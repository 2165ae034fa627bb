import { useEffect, useState } from 'react';
import type { ProofView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts } from '../../app/desk-context.ts';
import { dateText, preciseClockText } from '../../format/time-text.ts';
import { FlattenControl } from '../flatten/flatten-control.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { doorWords, scopeWords, stepWords } from '../../words/flatten-words.ts';

type Reading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'read'; readonly proof: ProofView };

interface ProofDialogProps {
  readonly flattenId: string;
  readonly onClose: () => void;
}

/** The proof of flat as the journal keeps it: who asked, every step with its time, what was covered. */
export function ProofDialog({ flattenId, onClose }: ProofDialogProps) {
  const { client } = useDeskParts();
  const isDemo = useDesk(({ view }) => view?.mode === 'demo');
  const [reading, setReading] = useState<Reading>({ kind: 'loading' });
  useEffect(() => {
    let isWanted = true;
    void client.call('flatten.proof', { flattenId }).then((reply) => {
      if (isWanted) setReading(read(reply));
    });
    return () => {
      isWanted = false;
    };
  }, [client, flattenId]);
  return (
    <Dialog title="Proof of flat" onClose={onClose} isDemo={isDemo} emergency={<FlattenControl />}>
      {reading.kind === 'loading' && <p>Reading the journal…</p>}
      {reading.kind === 'failed' && <p className="problem">{reading.message}</p>}
      {reading.kind === 'read' && <Proof proof={reading.proof} />}
    </Dialog>
  );
}

function read(
  reply:
    | { readonly ok: true; readonly value: ProofView | null }
    | { readonly ok: false; readonly error: { readonly message: string } },
): Reading {
  if (!reply.ok) return { kind: 'failed', message: reply.error.message };
  if (reply.value === null)
    return { kind: 'failed', message: 'The journal has no proof of this flatten.' };
  return { kind: 'read', proof: reply.value };
}

function Proof({ proof }: { readonly proof: ProofView }) {
  return (
    <>
      <dl className="facts">
        <Fact label="Scope" value={scopeWords(proof.scope)} />
        <Fact label="Asked through" value={doorWords(proof.door)} />
        <Fact
          label="Asked at"
          value={`${dateText(proof.requestedAt)} ${preciseClockText(proof.requestedAt)}`}
        />
        <Fact label="First report without exposure" value={preciseClockText(proof.firstFlatAt)} />
        <Fact label="Proven at" value={preciseClockText(proof.confirmedAt)} />
        <Fact label="Watched" value={`${String(proof.watchMs / 1000)} s`} />
        <Fact label="Presses" value={String(proof.presses)} />
        <Fact label="Accounts covered" value={proof.accounts.join(', ')} />
        {proof.notCovered.length > 0 && (
          <Fact label="Not covered (disconnected)" value={proof.notCovered.join(', ')} />
        )}
        <Fact label="Flatten" value={proof.flattenId} />
      </dl>
      <h3>Steps</h3>
      <ol className="steps">
        {proof.steps.map((step, place) => (
          <li key={place}>
            <time>{preciseClockText(step.at)}</time>
            <span className="step-what">{stepWords(step.code)}</span>
            <span className="step-detail">{step.detail}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
