import { dirname, join } from 'node:path';
import { HOST_VARIABLE } from '../../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { LineProcess } from '../../../electron/cli/bench/ninjatrader/line-process.ts';
import { checkout } from '../../bootstrap/checkout.ts';
import { compiledWithAddOn } from '../compile.ts';

const PROGRAM = join(checkout, 'build/ninjatrader-host/conformance/conformance.cs');

/** What the AddOn's own code makes of a question: its answer, or the code of its refusal. */
export interface Verdict {
  readonly code: string;
  readonly text: string;
}

/** The AddOn's reader, decoders and writer in a process of their own, asked one question after the other. */
export class AddonDecoder {
  readonly #process: LineProcess;
  readonly #waiting: ((verdict: Verdict) => void)[] = [];

  private constructor(program: string) {
    this.#process = new LineProcess({
      program: 'mono',
      args: [program],
      env: process.env,
      onLine: (line) => this.#waiting.shift()?.(read(line)),
    });
    void this.#process.ended.then((errors) => {
      for (const resolve of this.#waiting.splice(0)) resolve({ code: 'ENDED', text: errors });
    });
  }

  static async start(): Promise<AddonDecoder> {
    const host = process.env[HOST_VARIABLE];
    if (host === undefined) throw new Error('Run this through "npm run test:unit".');
    return new AddonDecoder(await compiledWithAddOn(checkout, dirname(host), PROGRAM));
  }

  /** The verbs are in conformance.cs. */
  ask(verb: string, ...texts: readonly string[]): Promise<Verdict> {
    const answer = Promise.withResolvers<Verdict>();
    this.#waiting.push(answer.resolve);
    this.#process.write([verb, ...texts.map(encoded)].join(' '));
    return answer.promise;
  }

  async stop(): Promise<void> {
    this.#process.hangUp();
    await this.#process.ended;
  }
}

/** The bits of a double, the only form in which every double survives the way. */
export function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

function encoded(text: string): string {
  return Buffer.from(text, 'utf16le').toString('base64');
}

function read(line: string): Verdict {
  const [code = '', text = ''] = line.split(' ');
  return { code, text: Buffer.from(text, 'base64').toString('utf16le') };
}
