import { checkout } from '../bootstrap/checkout.ts';
import { runPlaywright } from '../test-runtime/playwright-run.ts';

/** `npm run screens [-- <filters>]`: writes the gallery of every state into screens/. */
export default async function screens(args: readonly string[]): Promise<number> {
  const { failed } = await runPlaywright(checkout, {
    project: 'screens',
    args,
    harvest: [{ from: 'screens', to: 'screens' }],
  });
  return failed === 0 ? 0 : 1;
}
