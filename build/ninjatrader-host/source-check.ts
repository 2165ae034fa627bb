import { bareCode, blocksAfter, isInside, lineAt } from './csharp-text.ts';

interface Rule {
  readonly why: string;
  /** Positions in the bare code at which the rule is broken. */
  readonly find: (code: string) => readonly number[];
}

const rules: readonly Rule[] = [
  {
    why: 'a property with a getter only is not C# 5, although Mono compiles it',
    find(code) {
      const interfaces = blocksAfter(code, /\binterface\s+\w+[^{;]*\{/g);
      return positions(code, /\{\s*get;\s*\}/g).filter(
        (at) => !isInside(at, interfaces) && !/\babstract\b[^;{}]*$/.test(code.slice(0, at)),
      );
    },
  },
  {
    why: 'await inside catch or finally is not C# 5, although Mono compiles it',
    find(code) {
      const handlers = blocksAfter(code, /\bcatch\b\s*(?:\([^)]*\)\s*)?\{|\bfinally\b\s*\{/g);
      const lambdas = blocksAfter(code, /=>\s*\{/g);
      return positions(code, /\bawait\b/g).filter((at) =>
        handlers.some(
          (handler) =>
            isInside(at, [handler]) &&
            !lambdas.some((lambda) => isInside(lambda.from, [handler]) && isInside(at, [lambda])),
        ),
      );
    },
  },
  {
    why: 'a dialog of NinjaTrader can hold the Dispatcher',
    find: (code) => positions(code, /\bDispatcher\b/g),
  },
  {
    why: 'the stand-in is no part of NinjaTrader',
    find: (code) => positions(code, /\bNinjaTraderHost\b/g),
  },
  {
    why: 'a handler without a name cannot be taken off again',
    find: (code) => positions(code, /\+=\s*(?:async\s+)?(?:delegate\b|\([^()]*\)\s*=>|\w+\s*=>)/g),
  },
  { why: 'a handler that is added must be taken off again somewhere', find: unpaired },
];

/** What is wrong with the source of an AddOn that the compiler does not say, one line each. */
export function faultsOfSource(source: string): readonly string[] {
  const code = bareCode(source);
  return rules
    .flatMap(({ why, find }) => find(code).map((at) => ({ line: lineAt(code, at), why })))
    .sort((a, b) => a.line - b.line)
    .map(({ line, why }) => `line ${line}: ${why}`);
}

/** Only a method's name on the right makes it a subscription and not a sum. */
function unpaired(code: string): readonly number[] {
  const handlers = new Set(
    [...code.matchAll(/\bvoid\s+(\w+)\s*\(\s*object\s+\w+\s*,/g)].map(([, name]) => name),
  );
  const found = [
    ...code.matchAll(/\b(\w+)\s*([+-])=\s*(?:new\s+[\w.<>]+\s*\(\s*)?(?:this\.)?(\w+)\b/g),
  ];
  const removed = new Set(
    found.filter(([, , sign]) => sign === '-').map(([, event, , handler]) => `${event} ${handler}`),
  );
  return found
    .filter(([, , sign, handler]) => sign === '+' && handlers.has(handler))
    .filter(([, event, , handler]) => !removed.has(`${event} ${handler}`))
    .map(({ index }) => index);
}

function positions(code: string, pattern: RegExp): readonly number[] {
  return [...code.matchAll(pattern)].map(({ index }) => index);
}
