import { run } from '../bootstrap/child-process.mjs';
import { Failure } from '../bootstrap/failure.mjs';

/** What a compiled AddOn calls outside of itself, as "Namespace.Type::Method(Namespace.Type,...)". */
export interface Call {
  readonly callee: string;
  /** "Type.Method" of each place that calls it. */
  readonly callers: readonly string[];
}

interface Ban {
  readonly callee: RegExp;
  readonly why: string;
}

const NUMBER = 'System\\.(?:Byte|U?Int16|U?Int32|U?Int64|Single|Double|Decimal|DateTime|TimeSpan)';
const IN_CULTURE = 'depends on the culture of the trader’s Windows';

const bans: readonly Ban[] = [
  { callee: new RegExp(`^${NUMBER}::ToString\\((?:System\\.String)?\\)$`), why: IN_CULTURE },
  {
    callee: new RegExp(`^${NUMBER}::(?:Try)?Parse(?:Exact)?\\((?!.*IFormatProvider)`),
    why: IN_CULTURE,
  },
  {
    callee:
      /^System\.Convert::To(?:Byte|U?Int\d\d|Single|Double|Decimal|DateTime)\(System\.(?:String|Object)\)$/,
    why: IN_CULTURE,
  },
  {
    callee: new RegExp(`^System\\.Convert::ToString\\((?:${NUMBER}|System\\.Object)\\)$`),
    why: IN_CULTURE,
  },
  { callee: /^System\.String::Format\((?!System\.IFormatProvider)/, why: IN_CULTURE },
  { callee: new RegExp(`^System\\.String::Concat\\(${NUMBER}\\)$`), why: IN_CULTURE },
  {
    callee: new RegExp(
      `^System\\.Text\\.StringBuilder::(?:Append|Insert)\\((?:System\\.Int32,)?${NUMBER}\\)$`,
    ),
    why: IN_CULTURE,
  },
  {
    callee: /^System\.Text\.StringBuilder::AppendFormat\((?!System\.IFormatProvider)/,
    why: IN_CULTURE,
  },
  { callee: /^System\.Threading\.Thread::Sleep\(/, why: 'holds a thread of NinjaTrader' },
  {
    callee: /^System\.Threading\.Tasks\.Task(?:`1)?::(?:Wait|WaitAll|WaitAny)\(/,
    why: 'holds a thread of NinjaTrader',
  },
  {
    callee: /^System\.Threading\.Tasks\.Task`1::get_Result\(/,
    why: 'holds a thread of NinjaTrader',
  },
  {
    callee: /::get_Dispatcher\(|^System\.Windows\.Threading\./,
    why: 'goes through a thread that a dialog can hold',
  },
  {
    callee: /^NinjaTrader\.Cbi\.(?:Connection::Disconnect|Account::ResetSimulationAccount)\(/,
    why: 'is not for an AddOn to do',
  },
];

/** Calls that .NET Framework permits once at a time, and that therefore stand in one place each. */
const ONCE = ['SendAsync', 'ReceiveAsync'];

/**
 * What is wrong with the calls of a compiled AddOn, one line each.
 * @param permitted Callers that may break a rule, because what they wait for is bounded.
 */
export function faultsOfCalls(
  calls: readonly Call[],
  permitted: readonly string[] = [],
): readonly string[] {
  const banned = calls.flatMap(({ callee, callers }) => {
    const ban = bans.find((each) => each.callee.test(callee));
    if (ban === undefined) return [];
    const guilty = callers.filter((caller) => !permitted.includes(caller));
    return guilty.map((caller) => `${caller}: ${callee} ${ban.why}`);
  });
  const crowded = ONCE.flatMap((name) => {
    const sites = calls.filter(({ callee }) => callee.includes(`WebSocket::${name}(`));
    const count = sites.reduce((sum, { callers }) => sum + callers.length, 0);
    return count > 1 ? [`${name} is called in ${count} places`] : [];
  });
  return [...new Set([...banned, ...crowded])];
}

/** Reads the calls of an assembly that lies beside the host, or in a folder below it. */
export async function callsIn(host: string, assembly: string): Promise<readonly Call[]> {
  const ended = await run('mono', [host, '--calls', assembly]);
  if (ended.code !== 0)
    throw new Failure(`The calls of ${assembly} cannot be read: ${ended.output}`);
  return (JSON.parse(ended.output) as { readonly calls: readonly Call[] }).calls;
}
