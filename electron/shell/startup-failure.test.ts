import { expect, test } from 'vitest';
import { troubleNotice } from './startup-failure.ts';

test('names the folder, the cause, what still works and what to do', () => {
  const { message, detail } = troubleNotice({
    code: 'DATA_FOLDER',
    folder: 'C:\\Data',
    detail: 'EACCES',
  });
  expect(message).toMatch(/data folder cannot be written/);
  expect(detail).toMatch(/C:\\Data\nEACCES/);
  expect(detail).toMatch(/every flatten work/);
  expect(detail).toMatch(/start the app again/);
});

test('a broken journal is never said to have been deleted', () => {
  const { detail } = troubleNotice({ code: 'JOURNAL', folder: '/data', detail: 'not a database' });
  expect(detail).toMatch(/Nothing was deleted/);
});

test('a bridge that cannot open sends the trader to NinjaTrader', () => {
  const { message, detail } = troubleNotice({
    code: 'BRIDGE',
    detail: 'Port 8765 is in use by another program.',
  });
  expect(message).toMatch(/cannot connect. Port 8765/);
  expect(detail).toMatch(/flatten in NinjaTrader/);
});
