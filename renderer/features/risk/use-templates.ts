import { useEffect, useState } from 'react';
import type { TemplatesView } from '../../../shared/protocol/ipc/risk-calls.ts';
import { useDeskParts } from '../../app/desk-context.ts';

export type Templates =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'read'; readonly value: TemplatesView };

/** The firms' templates, read once for a dialog. */
export function useTemplates(): Templates {
  const { client } = useDeskParts();
  const [templates, setTemplates] = useState<Templates>({ kind: 'loading' });
  useEffect(() => {
    let isWanted = true;
    void client.call('risk.templates', undefined).then((reply) => {
      if (!isWanted) return;
      setTemplates(
        reply.ok
          ? { kind: 'read', value: reply.value }
          : { kind: 'failed', message: reply.error.message },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [client]);
  return templates;
}
