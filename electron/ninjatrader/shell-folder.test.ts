import { describe, expect, it } from 'vitest';
import { expand, exportedValue, registryShellFolder } from './shell-folder.ts';

const hex = (text: string): string =>
  [...Buffer.from(`${text}\0`, 'utf16le')]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(',');

/** Breaks a line where reg.exe does, some way after the eightieth column. */
const wrapped = (line: string): string => line.replace(/(.{75,77},)/g, '$1\\\r\n  ');

const exported = (line: string): string =>
  [
    '\uFEFFWindows Registry Editor Version 5.00',
    '',
    '[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders]',
    `"AppData"=hex(2):${hex('%USERPROFILE%\\AppData\\Roaming')}`,
    wrapped(line),
    '"Desktop"="C:\\\\Desk"',
    '',
  ].join('\r\n');

describe("the documents folder in Windows' registry", () => {
  it.each([
    [
      'an expandable text over several lines',
      `"Personal"=hex(2):${hex('%USERPROFILE%\\OneDrive\\Документы')}`,
      '%USERPROFILE%\\OneDrive\\Документы',
    ],
    ['a plain text', '"Personal"="D:\\\\Daten\\\\\\"Jörg\\""', 'D:\\Daten\\"Jörg"'],
    ['another kind of value', '"Personal"=dword:00000001', null],
    ['damaged bytes', '"Personal"=hex(2):zz,00', null],
    ['no such value', '"Personal2"="C:\\\\"', null],
  ])('is read from %s', (_what, line, value) => {
    expect(exportedValue(exported(line), 'Personal')).toBe(value);
  });

  it.each([
    ['%USERPROFILE%\\Documents', 'C:\\Users\\Ann\\Documents'],
    ['%userprofile%\\Documents', 'C:\\Users\\Ann\\Documents'],
    ['D:\\Docs', 'D:\\Docs'],
    ['%NOWHERE%\\Docs', null],
    ['', null],
  ])('%j is expanded to %j', (text, expanded) => {
    expect(expand(text, { UserProfile: 'C:\\Users\\Ann' })).toBe(expanded);
  });

  it('is not told where there is no registry', async () => {
    // On Windows the same call answers with a folder.
    const told = await registryShellFolder(process.env)();
    expect(told === null).toBe(process.platform !== 'win32');
  });
});
