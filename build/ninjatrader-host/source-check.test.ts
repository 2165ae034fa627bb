import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';
import { faultsOfSource } from './source-check.ts';

const HANDLER = 'void OnOrder(object sender, OrderEventArgs e) { }';

describe('the check of the source', () => {
  it.each([
    ['int Size { get; }', 'getter only'],
    ['public string Name\n{\n  get;\n}', 'getter only'],
    ['try { } catch (Exception e) { await Tell(e); }', 'await inside catch'],
    ['try { } catch { if (a) { await b; } }', 'await inside catch'],
    ['try { } finally { await socket.Leave(); }', 'await inside catch or finally'],
    ['instrument.Dispatcher.InvokeAsync(Run);', 'Dispatcher'],
    ['var socket = new NinjaTraderHost.WatchedWebSocket();', 'stand-in'],
    ['account.OrderUpdate += (sender, e) => Tell(e);', 'without a name'],
    ['account.OrderUpdate += delegate { Tell(); };', 'without a name'],
    [`${HANDLER} void Go() { account.OrderUpdate += OnOrder; }`, 'taken off again'],
    [
      `${HANDLER} void Go() { a.OrderUpdate += new EventHandler<OrderEventArgs>(OnOrder); }`,
      'taken off again',
    ],
    [
      `${HANDLER} void Go() { a.OrderUpdate += OnOrder; a.OtherUpdate -= OnOrder; }`,
      'taken off again',
    ],
  ])('refuses %s', (source, why) => {
    expect(faultsOfSource(source)).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    'int Size { get; private set; }',
    'interface IPart { int Size { get; } }',
    'abstract int Size { get; }',
    'try { await a; } catch { Tell(); } await b;',
    'try { } catch { Task.Run(async () => { await Tell(); }); }',
    `${HANDLER} void Go() { a.OrderUpdate += OnOrder; } void End() { a.OrderUpdate -= OnOrder; }`,
    'total += Amount; count += 1;',
    '// instrument.Dispatcher is not used, { get; } neither',
    'var text = "account.OrderUpdate += (a, b) => c"; var at = @"{ get; }"; var mark = \'"\';',
  ])('accepts %s', (source) => {
    expect(faultsOfSource(source)).toEqual([]);
  });

  it('names the line', () => {
    expect(faultsOfSource('a\nb /* two\nlines */\nint C { get; }')).toEqual([
      expect.stringMatching(/^line 4: /),
    ]);
  });

  it('finds nothing in the AddOn', () => {
    const addOn = join(checkout, 'resources/ninjatrader/EnigmaApexBridge.cs');
    expect(faultsOfSource(readFileSync(addOn, 'utf8'))).toEqual([]);
  });
});
