import type { FlattenView } from '../../../shared/protocol/ipc/views.ts';
import { useDeskParts } from '../../app/desk-context.ts';
import { useFlatten } from './use-flatten.ts';

/** What can be done about an alarm: start over, or end it by a deliberate act. */
export function AlarmActions({ flatten }: { readonly flatten: FlattenView }) {
  const { client, ui } = useDeskParts();
  const again = useFlatten('dashboard');
  const end = (): void => {
    if (flatten.state === 'refused') {
      ui.setState(({ dismissed }) => ({ dismissed: [...dismissed, flatten.id] }));
    } else {
      void client.call('flatten.disarm', { flattenId: flatten.id });
    }
  };
  return (
    <div className="alarm-actions">
      <button type="button" className="button button-alarm" onClick={() => again(flatten.scope)}>
        Flatten again
      </button>
      <button type="button" className="button button-on-alarm" onClick={end}>
        {flatten.armed ? 'Disarm' : 'I closed it by hand'}
      </button>
    </div>
  );
}
