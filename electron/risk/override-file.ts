import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  OverrideFile,
  OVERRIDES_FORMAT,
  type Override,
} from '../../shared/protocol/rule-pack/overrides.ts';
import { flawsOf } from '../../shared/protocol/rule-pack/schema-flaws.ts';

export type OverrideFileError = {
  readonly code: 'UNREADABLE' | 'NOT_UNDERSTOOD' | 'NOT_WRITTEN';
  readonly detail: string;
};

/** Reads the trader's overrides; a file that was never written holds none. */
export function readOverrides(file: string): Result<readonly Override[], OverrideFileError> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? ok([]) : err({ code: 'UNREADABLE', detail: message });
  }
  const parsed = OverrideFile.safeParse(parseJson(text));
  if (parsed.success) return ok(parsed.data.overrides);
  const [flaw] = flawsOf(parsed.error);
  const detail = flaw === undefined ? 'Not understood.' : `${flaw.path}: ${flaw.sentence}`;
  return err({ code: 'NOT_UNDERSTOOD', detail });
}

/** Replaces the file in one step, so that a crash leaves the old overrides or the new ones. */
export function writeOverrides(
  file: string,
  overrides: readonly Override[],
): Result<null, OverrideFileError> {
  const content: OverrideFile = { format: OVERRIDES_FORMAT, overrides: [...overrides] };
  try {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.draft`;
    writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { flush: true });
    renameSync(draft, file);
    return ok(null);
  } catch (error) {
    return err({ code: 'NOT_WRITTEN', detail: (error as Error).message });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // JSON.parse has no other way to say that the text is not JSON.
    return undefined;
  }
}
