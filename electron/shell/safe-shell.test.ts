import { expect, test } from 'vitest';
import { openableLink, SafeShell } from './safe-shell.ts';

test.each([
  ['javascript:alert(1)', 'NOT_HTTPS'],
  ['file:///C:/Windows/System32/calc.exe', 'NOT_HTTPS'],
  ['\\\\server\\share\\run.exe', 'NOT_A_URL'],
  ['//www.tradingview.com/', 'NOT_A_URL'],
  ['http://www.tradingview.com/', 'NOT_HTTPS'],
  ['ms-msdt:/id PCWDiagnostic', 'NOT_HTTPS'],
  ['https://www.tradingview.com.evil.test/', 'UNKNOWN_HOST'],
  ['https://evil.test/www.tradingview.com', 'UNKNOWN_HOST'],
  ['https://evil.test#www.tradingview.com', 'UNKNOWN_HOST'],
  ['https://evil.www.tradingview.com/', 'UNKNOWN_HOST'],
  ['https://wwwXtradingview.com/', 'UNKNOWN_HOST'],
  ['https://www.trad\u0456ngview.com/', 'UNKNOWN_HOST'],
  ['https://www.tradingview.com@evil.test/', 'HAS_CREDENTIALS'],
  ['https://user:pass@www.tradingview.com/', 'HAS_CREDENTIALS'],
  ['https://www.tradingview.com:8443/', 'HAS_PORT'],
  ['https://', 'NOT_A_URL'],
  ['', 'NOT_A_URL'],
  [null, 'NOT_A_URL'],
  [['https://www.tradingview.com/'], 'NOT_A_URL'],
])('never opens %s', async (link, code) => {
  const opened: string[] = [];
  const shell = new SafeShell(async (url) => void opened.push(url));
  expect(await shell.openLink(link)).toEqual({ ok: false, error: { code } });
  expect(opened).toEqual([]);
});

test('opens a listed host in the form that was checked', async () => {
  const opened: string[] = [];
  const shell = new SafeShell(async (url) => void opened.push(url));
  await shell.openLink('HTTPS://WWW.TradingView.com/lightweight-charts');
  expect(opened).toEqual(['https://www.tradingview.com/lightweight-charts']);
  expect(openableLink('https://www.tradingview.com').ok).toBe(true);
});
