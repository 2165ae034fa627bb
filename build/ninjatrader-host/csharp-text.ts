const COMMENT_OR_TEXT =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g;

/** The code with every comment and every text blanked out, each character at its old place. */
export function bareCode(source: string): string {
  return source.replace(COMMENT_OR_TEXT, (found) => found.replace(/[^\n]/g, ' '));
}

/** A stretch of code between two positions. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The braced blocks that follow what the pattern finds in bare code, its braces included. */
export function blocksAfter(code: string, pattern: RegExp): readonly Span[] {
  return [...code.matchAll(pattern)].flatMap((found) => {
    const from = code.indexOf('{', found.index + found[0].length - 1);
    return from < 0 ? [] : [{ from, to: closing(code, from) }];
  });
}

export function isInside(at: number, spans: readonly Span[]): boolean {
  return spans.some(({ from, to }) => at > from && at < to);
}

export function lineAt(code: string, at: number): number {
  return code.slice(0, at).split('\n').length;
}

function closing(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    if (code[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return code.length;
}
