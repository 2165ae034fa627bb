import type { Files } from '../files.ts';

export interface Fault {
  readonly code: string;
  /** The first call that fails, counted from 0 over all calls that the disk got. */
  readonly from: number;
  /** How many calls fail from there on. */
  readonly times: number;
}

/** The real disk, some of whose calls fail as they do under a virus scanner or on a full disk. */
export function failingFiles(real: Files, fault: Fault): Files & { readonly calls: () => number } {
  let calls = 0;
  const guarded =
    <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> => {
      const at = calls++;
      const fails = at >= fault.from && at < fault.from + fault.times;
      if (!fails) return call(...given);
      return Promise.reject(Object.assign(new Error(fault.code), { code: fault.code }));
    };
  return {
    calls: () => calls,
    facts: guarded(real.facts),
    read: guarded(real.read),
    readTail: guarded(real.readTail),
    list: guarded(real.list),
    writeNew: guarded(real.writeNew),
    rename: guarded(real.rename),
    remove: guarded(real.remove),
    makeFolder: guarded(real.makeFolder),
    realPath: guarded(real.realPath),
    checkWritable: guarded(real.checkWritable),
  };
}
