import { describe, expect, it } from 'vitest';
import { addOnWith, withCompiled } from './testing/compiled.ts';

async function compiling(source: string): Promise<string> {
  return withCompiled(source, () => Promise.resolve('compiled'));
}

describe('compiling an AddOn', () => {
  it.each([
    [
      'a mistake',
      'int count = "one";',
      /^The C# for NinjaTrader does not compile: Sample\.cs\(3,\d+\): error CS0029/,
    ],
    ['a member that NinjaTrader is not known to have', 'Account.All.First().Lock();', /CS1061/],
    [
      'a part of the stand-in that is no API',
      'Print(Account.All.First().Broker);',
      /CS0122|CS1061/,
    ],
    ['what is newer than C# 5', 'var name = $"{State}";', /CS1644/],
    ['a warning', 'int unused = 1; int Name = 2; Print(Name);', /CS0219/],
  ])('says in one sentence where there is %s', async (_, statements, sentence) => {
    await expect(compiling(addOnWith(statements))).rejects.toThrow(sentence);
  });

  it('counts the mistakes after the first', async () => {
    await expect(compiling(addOnWith('int a = "1"; int b = "2"; Print(a + b);'))).rejects.toThrow(
      / \(and 1 more\)$/,
    );
  });

  it('accepts the API with the sockets watched or not', async () => {
    const statements =
      'var socket = new System.Net.WebSockets.ClientWebSocket(); ClientWebSocketOptions options = socket.Options; Print(options);';
    expect(await compiling(addOnWith(statements))).toBe('compiled');
  });
});
