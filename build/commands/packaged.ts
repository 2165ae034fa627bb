import { join } from 'node:path';
import { packageApp } from '../bootstrap/app-package.ts';
import { checkout } from '../bootstrap/checkout.ts';
import { electronRuntime } from '../bootstrap/electron-runtime.ts';
import { print, seconds } from '../bootstrap/progress.mjs';
import type { Tally } from '../checks/tally.ts';
import { promises } from '../packaged/packaged-app.ts';
import { openDesktopSession } from '../test-runtime/desktop-session.ts';

/** `npm run test:packaged`: packages the app and holds the result to what it promises. */
export default async function packaged(): Promise<number> {
  return (await runPackagedChecks()).failed === 0 ? 0 : 1;
}

export async function runPackagedChecks(): Promise<Tally> {
  const electron = await electronRuntime(checkout);
  const folder = await packageApp(checkout, electron);
  const name = process.platform === 'win32' ? 'Enigma Apex.exe' : 'enigma-apex';
  const executable = join(folder, name);
  const session = await openDesktopSession(checkout, { ...electron, folder, executable });
  let failed = 0;
  try {
    for (const { name: promise, faults } of promises) {
      const began = performance.now();
      const found = await faults({ folder, executable, session });
      const took = seconds(performance.now() - began);
      if (found.length > 0) failed += 1;
      print(
        found.length === 0
          ? `pass  ${promise} (${took})`
          : `FAIL  ${promise} (${took})\n${found.join('\n')}\n`,
      );
    }
  } finally {
    session.close();
  }
  return { passed: promises.length - failed, failed };
}
