import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { houseRules } from './house-rules.mjs';

function complaints(rule: string, code: string): number {
  const messages = new Linter().verify(
    code,
    {
      files: ['**/*.tsx'],
      languageOptions: {
        parser: tseslint.parser,
        parserOptions: { ecmaFeatures: { jsx: true } },
      },
      plugins: { house: houseRules },
      rules: { [`house/${rule}`]: 'error' },
    },
    'sample.tsx',
  );
  const fatal = messages.find((message) => message.fatal === true);
  if (fatal) throw new Error(`sample does not parse: ${fatal.message}`);
  return messages.length;
}

const refused: readonly (readonly [rule: string, code: string])[] = [
  ['no-ambient-world', 'const t = Date.now();'],
  ['no-ambient-world', 'const t = new Date();'],
  ['no-ambient-world', 'const t = Date();'],
  ['no-ambient-world', 'const n = Math.random();'],
  ['no-ambient-world', 'const n = performance.now();'],
  ['no-ambient-world', 'const n = process.hrtime.bigint();'],
  ['no-ambient-world', 'setTimeout(f, 1);'],
  ['no-ambient-world', 'const later = setInterval;'],
  ['no-ambient-world', 'globalThis.setTimeout(f, 1);'],
  ['no-ambient-world', "import { randomUUID } from 'node:crypto';"],
  ['no-ambient-world', 'crypto.randomUUID();'],
  ['no-ambient-world', "import { setTimeout as later } from 'node:timers/promises';"],
  ['no-electron-api', "import { app } from 'electron';"],
  ['no-electron-api', "import type { App } from 'electron';"],
  ['no-electron-api', "import { app } from 'electron/main';"],
  ['no-electron-api', "const e = await import('electron');"],
  ['no-electron-api', "const e = require('electron');"],
  ['no-ipc-main', "import { ipcMain } from 'electron';"],
  ['no-ipc-main', 'electron.ipcMain.handle(channel, f);'],
  ['no-weakened-window', 'const o = { webSecurity: false };'],
  ['no-weakened-window', 'const o = { nodeIntegration: true };'],
  ['no-weakened-window', 'const o = { nodeIntegrationInWorker: true };'],
  ['no-weakened-window', 'const o = { sandbox: false };'],
  ['no-weakened-window', 'const o = { contextIsolation: false };'],
  ['no-weakened-window', "app.commandLine.appendSwitch('no-sandbox');"],
  ['no-weakened-window', 'const e = <div dangerouslySetInnerHTML={{ __html: a }} />;'],
  ['no-weakened-window', 'node.innerHTML = text;'],
  ['no-idle-test', "it.skip('x', f);"],
  ['no-idle-test', "describe.only('x', f);"],
  ['no-idle-test', "test.todo('x');"],
  ['no-idle-test', "vi.mock('./module.ts');"],
  ['no-idle-test', 'await page.waitForTimeout(5);'],
  ['no-idle-test', "it('x', { retry: 2 }, f);"],
];

const permitted: readonly (readonly [rule: string, code: string])[] = [
  ['no-ambient-world', 'const d = new Date(at);'],
  ['no-ambient-world', 'const t = clock.now();'],
  ['no-ambient-world', 'socket.setTimeout(500);'],
  ['no-electron-api', "import { start } from './electron.ts';"],
  [
    'no-weakened-window',
    'const o = { nodeIntegration: false, sandbox: true, contextIsolation: true };',
  ],
  ['no-idle-test', "it.skipIf(absent)('x', f);"],
  ['no-idle-test', "it('x', { retry: 0 }, f);"],
];

describe('the house lint rules', () => {
  it.each(refused)('%s refuses: %s', (rule, code) => {
    expect(complaints(rule, code)).toBeGreaterThan(0);
  });

  it.each(permitted)('%s permits: %s', (rule, code) => {
    expect(complaints(rule, code)).toBe(0);
  });
});

describe('where each house rule applies', () => {
  const eslint = new ESLint();
  const applies = async (rule: string, file: string): Promise<boolean> => {
    const config = (await eslint.calculateConfigForFile(file)) as { rules: Linter.RulesRecord };
    const setting = config.rules[rule];
    const severity: unknown = Array.isArray(setting) ? setting[0] : setting;
    return severity === 2;
  };

  it.each([
    ['house/no-ambient-world', 'shared/domain/flatten/machine.ts', true],
    ['house/no-ambient-world', 'electron/engine/create-engine.ts', true],
    ['house/no-ambient-world', 'electron/platform/system-clock.ts', false],
    ['house/no-ambient-world', 'renderer/state/desk-store.ts', true],
    ['house/no-ambient-world', 'renderer/ui/age.tsx', false],
    ['house/no-ambient-world', 'electron/engine/create-engine.test.ts', false],
    ['house/no-electron-api', 'electron/engine/create-engine.ts', true],
    ['house/no-electron-api', 'electron/cli/apex.ts', true],
    ['house/no-electron-api', 'electron/main.ts', false],
    ['house/no-electron-api', 'electron/shell/window.ts', false],
    ['house/no-ipc-main', 'electron/shell/window.ts', true],
    ['house/no-ipc-main', 'electron/main.ts', true],
    ['house/no-ipc-main', 'electron/ipc/register.ts', false],
    ['house/no-weakened-window', 'electron/shell/window.ts', true],
    ['house/no-idle-test', 'electron/e2e/flatten.ts', true],
    ['house/no-idle-test', 'shared/domain/money/money.test.ts', true],
    ['@typescript-eslint/no-floating-promises', 'electron/main.ts', true],
    ['@typescript-eslint/switch-exhaustiveness-check', 'shared/domain/a.ts', true],
    ['@typescript-eslint/no-explicit-any', 'renderer/app/root.tsx', true],
    ['max-lines', 'renderer/app/root.tsx', true],
  ] as const)('%s in %s: %s', async (rule, file, expected) => {
    expect(await applies(rule, file)).toBe(expected);
  });
});
