export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Where the app writes what happened to it. `event` is a fixed dotted name; everything that varies goes
 * into fields. A field called `account` is replaced by a stable alias before it reaches a file.
 */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
