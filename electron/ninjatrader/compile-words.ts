import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { CompileReport } from './compile-state.ts';

/** How NinjaTrader's compile stands, one sentence a line. */
export function describeCompile(report: CompileReport): readonly string[] {
  const { verdict } = report;
  switch (verdict.state) {
    case 'compiled':
      return ['NinjaTrader has compiled the AddOn.'];
    case 'unknown':
      return ['It cannot be seen whether NinjaTrader has compiled the AddOn.', ...hints(report)];
    case 'leftOut':
      return ['NinjaTrader has compiled without the AddOn.', ...hints(report)];
    case 'waiting':
      return ['NinjaTrader has not compiled the AddOn yet.', ...hints(report)];
    case 'notCompiled':
      return [
        `NinjaTrader has not compiled the AddOn since ${new Date(verdict.since).toISOString()}; another script may stop it from compiling.`,
        ...hints(report),
      ];
    default:
      return assertNever(verdict);
  }
}

function hints({ complaints, suspects, sawFailedAttempt }: CompileReport): readonly string[] {
  const named = complaints.map(({ file, error }) => `${file} (${error})`);
  return [
    ...(named.length === 0 ? [] : [`NinjaTrader's log names ${named.join(', ')}.`]),
    ...(suspects.length === 0
      ? []
      : [`Changed since its last good compile: ${suspects.join(', ')}.`]),
    ...(sawFailedAttempt ? ['NinjaTrader has tried to compile and made nothing of it.'] : []),
  ];
}
