import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import type { AddonFacts, AddonOnDisk, CompileState, RunningAddon } from './facts.ts';
import { addonHealth } from './health.ts';

const since = 0 as EpochMs;
const current: AddonOnDisk = { state: 'current', version: '1.1.0' };
const runs = (version: string): RunningAddon => ({ seen: 'connected', version });
const none: RunningAddon = { seen: 'none' };
const notWatched: RunningAddon = { seen: 'notWatched' };
const compiled: CompileState = { state: 'compiled' };

const good: AddonFacts = {
  shipped: '1.1.0',
  disk: current,
  running: runs('1.1.0'),
  compile: compiled,
  duplicates: 0,
};

describe('the advice about the AddOn', () => {
  it.each<[string, Partial<AddonFacts>, string, string]>([
    ['nothing while the right one runs', {}, 'ready', ''],
    [
      'nothing while the right one runs, whatever the time stamps say',
      { compile: { state: 'notCompiled', since } },
      'ready',
      '',
    ],
    [
      'to install it when it is absent',
      { disk: { state: 'absent' }, running: none },
      'notInstalled',
      'Install',
    ],
    [
      'to install it again or end it when only the running one is left',
      { disk: { state: 'absent' } },
      'removedButRunning',
      'again',
    ],
    [
      'to install when the file is older',
      { disk: { state: 'older', version: '1.0.0' } },
      'outdated',
      'came with',
    ],
    [
      'to install when the file was changed',
      { disk: { state: 'edited', version: '1.1.0' } },
      'edited',
      'backup',
    ],
    [
      'to update the app when the file is newer',
      { disk: { state: 'newer', version: '2.0.0' } },
      'appOlder',
      'Update the app',
    ],
    [
      'to update the app when a newer AddOn runs',
      { running: runs('2.0.0') },
      'appOlder',
      'Update the app',
    ],
    [
      'to give rights when the file cannot be read',
      { disk: { state: 'unreadable' }, running: none },
      'unreadable',
      'right',
    ],
    ['to delete second copies first', { running: none, duplicates: 1 }, 'duplicated', 'Delete'],
    ['to delete second copies even while all runs well', { duplicates: 2 }, 'duplicated', 'Delete'],
    [
      'to delete a copy under another name',
      { disk: { state: 'absent' }, running: none, duplicates: 1 },
      'duplicated',
      'Delete',
    ],
    [
      'to press F5 after an update',
      { running: runs('1.0.0'), compile: { state: 'waiting', since } },
      'compileDue',
      'F5',
    ],
    [
      'to press F5 after an installation',
      { running: none, compile: { state: 'waiting', since } },
      'compileDue',
      'F5',
    ],
    [
      'to look for another script when no compile came for long',
      { running: none, compile: { state: 'notCompiled', since } },
      'compileBlocked',
      'Another script',
    ],
    [
      'to open the script when the compile left it out',
      { running: none, compile: { state: 'leftOut' } },
      'leftOut',
      'without the AddOn',
    ],
    ['to restart when the old one still runs', { running: runs('1.0.0') }, 'restartDue', 'Restart'],
    [
      'to start NinjaTrader when all is compiled and nobody connects',
      { running: none },
      'notConnected',
      'Start NinjaTrader',
    ],
    ['to open the app when nobody listened', { running: notWatched }, 'notWatched', 'Open the app'],
  ])('is %s', (_what, change, state, words) => {
    const health = addonHealth({ ...good, ...change });
    expect(health.state).toBe(state);
    expect(health.advice).toContain(words);
  });
});

const version = fc.constantFrom('1.0.0', '1.1.0', '2.0.0', 'odd');
const arbitrary: fc.Arbitrary<AddonFacts> = fc.record({
  shipped: fc.constant('1.1.0'),
  disk: fc.oneof(
    fc.record({ state: fc.constantFrom('absent' as const, 'unreadable' as const) }),
    fc.record({
      state: fc.constantFrom(
        'current' as const,
        'older' as const,
        'newer' as const,
        'edited' as const,
      ),
      version: fc.option(version),
    }),
  ),
  running: fc.oneof(
    fc.constant(none),
    fc.constant(notWatched),
    version.map((name) => runs(name)),
  ),
  compile: fc.oneof(
    fc.constantFrom<CompileState>(
      { state: 'compiled' },
      { state: 'leftOut' },
      { state: 'unknown' },
    ),
    fc.record({
      state: fc.constantFrom('waiting' as const, 'notCompiled' as const),
      since: fc.constant(since),
    }),
  ),
  duplicates: fc.nat({ max: 2 }),
});

describe('the AddOn is called ready', () => {
  it('only while the shipped version answers and its file is the only one', () => {
    fc.assert(
      fc.property(arbitrary, (facts) => {
        const { state, advice } = addonHealth(facts);
        expect(advice === '').toBe(state === 'ready');
        if (state !== 'ready') return;
        expect(facts.running).toEqual(runs('1.1.0'));
        expect(facts.disk.state).toBe('current');
        expect(facts.duplicates).toBe(0);
      }),
    );
  });
});
