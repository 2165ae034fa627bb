import { checkout } from '../bootstrap/checkout.ts';
import { toolOnTerminal } from '../bootstrap/tool.ts';

/** `npm run format [-- <paths>]`: rewrites the files in the house style. */
export default function format(args: readonly string[]): Promise<number> {
  return toolOnTerminal(checkout, 'prettier', ['--write', ...(args.length > 0 ? args : ['.'])]);
}
