import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkout } from '../bootstrap/checkout.ts';
import { cycles } from './cycles.ts';
import { importGraph } from './import-graph.ts';
import type { Edge } from './import-graph.ts';
import { misplaced } from './layout.ts';
import { violations } from './violations.ts';

const layers = ['shared', 'electron', 'renderer'];

function edge(from: string, to: string, more: Partial<Edge> = {}): Edge {
  const isPackage = !/^(shared|electron|renderer|build|resources)\//.test(to);
  return { from, to, line: 1, isPackage, typeOnly: false, ...more };
}

const forbidden: readonly Edge[] = [
  edge('shared/kernel/result.ts', 'shared/domain/money/money.ts'),
  edge('shared/kernel/result.ts', 'zod'),
  edge('shared/domain/flatten/machine.ts', 'shared/protocol/envelope.ts'),
  edge('shared/domain/flatten/machine.ts', 'shared/domain/kelly/size.ts'),
  edge('shared/domain/account/account.ts', 'shared/domain/flatten/machine.ts'),
  edge('shared/domain/account/account.ts', 'shared/domain/desk/fact.ts'),
  edge('shared/domain/flatten/machine.ts', 'node:fs'),
  edge('shared/domain/flatten/machine.ts', 'electron'),
  edge('shared/domain/flatten/machine.ts', 'shared/testing/builders.ts'),
  edge('shared/protocol/codec.ts', 'shared/domain/money/money.ts', { typeOnly: true }),
  edge('shared/simulation/exchange.ts', 'shared/protocol/codec.ts'),
  edge('electron/engine/create-engine.ts', 'shared/protocol/codec.ts'),
  edge('electron/engine/create-engine.ts', 'electron/store/journal-store.ts'),
  edge('electron/engine/create-engine.ts', 'electron/simulator/main.ts'),
  edge('electron/engine/create-engine.ts', 'electron'),
  edge('electron/bridge/ws-server.ts', 'electron/store/journal-store.ts'),
  edge('electron/bridge/ws-server.ts', 'electron/engine/create-engine.ts'),
  edge('electron/bridge/ws-server.ts', 'electron'),
  edge('electron/bridge/ws-server.ts', 'electron/bridge/testing/fake-addon.ts'),
  edge('electron/store/sqlite.ts', 'ws'),
  edge('electron/shell/tray.ts', 'electron/store/sqlite.ts'),
  edge('electron/desk/open-desk.ts', 'electron'),
  edge('electron/engine/create-engine.ts', 'electron/desk/open-desk.ts'),
  edge('electron/main.ts', 'electron/simulator/main.ts'),
  edge('electron/main.ts', 'ws'),
  edge('electron/preload.ts', 'electron/engine/ports.ts'),
  edge('electron/simulator/main.ts', 'electron/bridge/ws-server.ts'),
  edge('electron/cli/apex.ts', 'electron'),
  edge('electron/cli/apex.ts', 'electron/shell/window.ts'),
  edge('renderer/state/desk-store.ts', 'electron/engine/projections.ts'),
  edge('renderer/state/desk-store.ts', 'shared/protocol/addon/events.ts'),
  edge('renderer/state/desk-store.ts', 'node:fs'),
  edge('renderer/state/desk-store.test.ts', 'electron/engine/projections.ts'),
  edge('electron/engine/create-engine.test.ts', 'renderer/state/desk-store.ts'),
  edge('electron/somewhere-new/file.ts', 'shared/kernel/result.ts'),
];

const allowed: readonly Edge[] = [
  edge('shared/domain/flatten/machine.ts', 'shared/domain/money/money.ts'),
  edge('shared/domain/flatten/machine.ts', 'shared/domain/flatten/policy.ts'),
  edge('shared/domain/flatten/machine.ts', 'shared/domain/desk/fact.ts'),
  edge('shared/domain/journal/record.ts', 'shared/domain/flatten/record.ts'),
  edge('shared/domain/flatten/machine.test.ts', 'shared/testing/builders.ts'),
  edge('shared/simulation/exchange.ts', 'shared/domain/flatten/policy.ts'),
  edge('electron/engine/create-engine.ts', 'shared/protocol/codec.ts', { typeOnly: true }),
  edge('electron/bridge/ws-server.ts', 'ws'),
  edge('electron/bridge/ws-server.ts', 'electron/engine/ports.ts'),
  edge('electron/bridge/ws-server.test.ts', 'electron/bridge/testing/fake-addon.ts'),
  edge('electron/simulator/main.ts', 'ws'),
  edge('electron/simulator/main.ts', 'shared/simulation/exchange.ts'),
  edge('electron/main.ts', 'electron/bridge/ws-server.ts'),
  edge('electron/cli/apex.ts', 'electron/simulator/client.ts'),
  edge('electron/shell/tray.ts', 'electron'),
  edge('electron/desk/open-desk.ts', 'electron/store/sqlite.ts'),
  edge('electron/cli/apex.ts', 'electron/desk/open-desk.ts'),
  edge('electron/main.ts', 'electron/desk/open-desk.ts'),
  edge('renderer/state/desk-store.ts', 'shared/protocol/ipc/views.ts'),
  edge('electron/e2e/window.spec.ts', 'electron/main.ts'),
];

describe('the dependency rule', () => {
  it.each(forbidden)('forbids $from -> $to', (one) => {
    expect(violations([one])).toHaveLength(1);
  });

  it.each(allowed)('allows $from -> $to', (one) => {
    expect(violations([one])).toEqual([]);
  });
});

describe('the walk over the import graph', () => {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  // The walk passes over folders named "fixtures", so the sample tree is looked at from elsewhere.
  cpSync(join(import.meta.dirname, 'fixtures', 'forbidden-edges'), root, { recursive: true });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('prints every way to import, with its file and line', () => {
    expect(violations(importGraph(root, layers)).map((line) => line.split(': ')[0])).toEqual([
      'shared/domain/flatten/machine.ts:1 imports node:fs',
      'shared/domain/flatten/machine.ts:2 imports electron/engine/create-engine.ts',
      'shared/domain/flatten/machine.ts:4 imports shared/protocol/envelope.ts',
      'shared/domain/flatten/machine.ts:6 imports shared/protocol/envelope.ts',
      'shared/domain/flatten/machine.ts:9 imports electron',
      'electron/engine/create-engine.ts:2 imports shared/protocol/envelope.ts',
    ]);
  });

  it('finds imports in the real tree', () => {
    expect(importGraph(checkout, layers).length).toBeGreaterThan(0);
  });
});

describe('import cycles', () => {
  const a = 'shared/domain/desk/a.ts';
  const b = 'shared/domain/desk/b.ts';
  const c = 'shared/domain/desk/c.ts';

  it('names the files of a cycle in order, once', () => {
    expect(cycles([edge(a, b), edge(b, c), edge(c, a), edge('electron/main.ts', a)])).toEqual([
      `${a} -> ${b} -> ${c} -> ${a}`,
    ]);
  });

  it('passes over types, which are gone when the program runs', () => {
    expect(cycles([edge(a, b), edge(b, a, { typeOnly: true })])).toEqual([]);
  });

  it('passes over two ways to the same file', () => {
    expect(cycles([edge(a, b), edge(a, c), edge(b, c)])).toEqual([]);
  });
});

describe('names and places', () => {
  it.each([
    ['src/index.ts', /top-level/],
    ['electron/bridge/utils.ts', /says nothing/],
    ['electron/helpers/port.ts', /says nothing/],
    ['electron/bridge/wsServer.ts', /kebab-case/],
    ['renderer/ui/Button.tsx', /kebab-case/],
  ])('refuses %s', (file, reason) => {
    expect(misplaced([file]).join()).toMatch(reason);
  });

  it('permits the house style', () => {
    expect(
      misplaced([
        'electron/store/migrations/0001-journal.sql',
        'electron/bridge/ws-server.test.ts',
        'README.md',
        '.ci/run',
        'resources/ninjatrader/EnigmaApexBridge.cs',
        'vitest.config.ts',
      ]),
    ).toEqual([]);
  });
});
