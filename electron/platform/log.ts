import type { Clock } from '../../shared/kernel/clock.ts';
import type { Log, LogFields } from '../../shared/kernel/log.ts';
import type { Redactor } from './redact.ts';
import type { LineSink } from './rotating-file.ts';

export interface LogParts {
  readonly clock: Clock;
  readonly sink: LineSink;
  readonly redactor: Redactor;
}

/** Writes one JSON object per line, redacted before it leaves this function. */
export function createLog({ clock, sink, redactor }: LogParts): Log {
  const write = (level: string, event: string, fields: LogFields = {}): void => {
    const at = new Date(clock.wall()).toISOString();
    // Listed first for the reader and last against a field of the same name.
    const head = { at, level, event };
    sink.write(JSON.stringify({ ...head, ...redactor.fields(fields), ...head }));
  };
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  };
}
