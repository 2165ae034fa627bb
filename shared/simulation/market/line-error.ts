/** What is wrong with a market data file; `line` counts from 1 and includes the heading. */
export interface LineError {
  readonly code: 'BAD_HEADING' | 'BAD_LINE' | 'NO_DATA';
  readonly line: number;
  readonly detail: string;
}

/** Words a line error for a person. */
export function describeLineError(file: string, error: LineError): string {
  return `${file}, line ${error.line}: ${error.detail}`;
}
