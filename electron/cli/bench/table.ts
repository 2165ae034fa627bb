import { goalsOf, MEASUREMENTS, type BenchReport } from './report.ts';

/** The report for a person: a line per figure, then the goals. */
export function tableOf(report: BenchReport): readonly string[] {
  const { processors, model, node, platform, load } = report.machine;
  const lines = [`${report.at}  ${processors} x ${model}, Node ${node}, ${platform}, load ${load}`];
  for (const name of MEASUREMENTS) {
    const part = report[name];
    lines.push('', part === null ? `${name}: not measured` : name);
    for (const [key, value] of Object.entries(part ?? {})) {
      lines.push(`  ${key.padEnd(22)} ${textOf(value)}`);
    }
  }
  lines.push('', 'goals');
  for (const { name, value, bound, met } of goalsOf(report)) {
    lines.push(
      `  ${name.padEnd(36)} ${bound.padEnd(8)} ${textOf(value).padEnd(10)} ${met ? 'met' : 'MISSED'}`,
    );
  }
  return lines;
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
  if (value === null) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
