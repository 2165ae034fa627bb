import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SystemClock } from '../../../platform/system-clock.ts';
import { tempFolder } from '../../../store/testing/temp-folder.ts';
import { Stage } from '../stage.ts';

/** A stage for short measurements; it ends with the test. */
export function shortStage(): Stage {
  const folder = tempFolder();
  const stage = new Stage({
    folder,
    short: true,
    world: new SystemClock(),
    simulator: join(import.meta.dirname, '..', '..', '..', 'simulator', 'main.ts'),
    electron: null,
    note: () => undefined,
  });
  onTestFinished(() => stage.close());
  return stage;
}
