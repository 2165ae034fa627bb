import { packageApp } from '../bootstrap/app-package.ts';
import { checkout } from '../bootstrap/checkout.ts';
import { electronRuntime } from '../bootstrap/electron-runtime.ts';
import { print } from '../bootstrap/progress.mjs';

/** `npm run dist`: the installer on Windows; elsewhere a folder with the packaged app. */
export default async function dist(): Promise<number> {
  const folder = await packageApp(checkout, await electronRuntime(checkout));
  print(`The packaged app is in ${folder}`);
  return 0;
}
