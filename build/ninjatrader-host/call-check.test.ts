import { describe, expect, it } from 'vitest';
import { ADDON_VARIABLE } from '../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { callsIn, faultsOfCalls } from './call-check.ts';
import { addOnWith, hostFile, withCompiled } from './testing/compiled.ts';

function faultsOf(statements: string): Promise<readonly string[]> {
  return withCompiled(addOnWith(statements), async (assembly) =>
    faultsOfCalls(await callsIn(hostFile(), assembly)),
  );
}

const SEND =
  'socket.SendAsync(new ArraySegment<byte>(new byte[1]), WebSocketMessageType.Text, true, CancellationToken.None)';

describe('the check of the calls', () => {
  it('refuses numbers and times in the trader’s culture', async () => {
    const faults = await faultsOf(`
      double price = 1.5; int count = 2; object any = price; var text = new StringBuilder();
      Print(price.ToString()); Print(price.ToString("0.00")); Print(count.ToString()); Print(DateTime.UtcNow.ToString("s"));
      Print(double.Parse("1.5")); Print(Convert.ToDouble("1.5")); Print(Convert.ToString(price)); Print(string.Format("{0}", any));
      double read; Print(double.TryParse("1", out read)); Print("at " + price); text.Append(price);`);
    const refused = faults.map((fault) => /: ([\w.:`]+)\(/.exec(fault)?.[1] ?? fault);
    expect(refused.sort()).toEqual([
      'System.Convert::ToDouble',
      'System.Convert::ToString',
      'System.DateTime::ToString',
      'System.Double::Parse',
      'System.Double::ToString',
      'System.Double::ToString',
      'System.Double::TryParse',
      'System.Int32::ToString',
      'System.String::Concat',
      'System.String::Format',
      'System.Text.StringBuilder::Append',
    ]);
  });

  it('accepts them in the invariant culture', async () => {
    const faults = await faultsOf(`
      double price = 1.5; var culture = CultureInfo.InvariantCulture; double read;
      Print(price.ToString(culture)); Print(double.Parse("1.5", culture)); Print(string.Format(culture, "{0}", price));
      Print(double.TryParse("1", NumberStyles.Float, culture, out read)); Print("at " + price.ToString("0.00", culture));
      Print(OrderState.Filled.ToString()); Print(new StringBuilder("a").ToString());`);
    expect(faults).toEqual([]);
  });

  it.each([
    ['Thread.Sleep(1);', 'Thread::Sleep'],
    ['Task.Run(() => 1).Wait();', 'Task::Wait'],
    ['Task.Run(() => 1).Wait(100);', 'Task::Wait'],
    ['Print(Task.Run(() => 1).Result);', 'Task`1::get_Result'],
    ['Instrument.GetInstrument("ES 12-26").Dispatcher.InvokeAsync(() => Print(1));', 'Dispatcher'],
    ['lock (Connection.Connections) Connection.Connections.First().Disconnect();', 'Disconnect'],
  ])('refuses %s', async (statements, callee) => {
    const faults = await faultsOf(statements);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join()).toContain(callee);
  });

  it('refuses a second place that sends', async () => {
    expect(await faultsOf(`var socket = new ClientWebSocket(); ${SEND}; ${SEND};`)).toEqual([
      'SendAsync is called in 2 places',
    ]);
    expect(await faultsOf(`var socket = new ClientWebSocket(); ${SEND};`)).toEqual([]);
  });

  it('permits a bounded wait where it is listed', () => {
    const calls = [
      { callee: 'System.Threading.Tasks.Task::Wait(System.Int32)', callers: ['A.Stop'] },
    ];
    expect(faultsOfCalls(calls)).toHaveLength(1);
    expect(faultsOfCalls(calls, ['A.Stop'])).toEqual([]);
  });

  it('finds nothing in the AddOn', async () => {
    const calls = await callsIn(hostFile(), process.env[ADDON_VARIABLE] ?? '');
    expect(calls.length).toBeGreaterThan(100);
    expect(faultsOfCalls(calls)).toEqual([]);
  });
});
