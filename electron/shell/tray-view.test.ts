import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DeskStatusView } from '../../shared/protocol/ipc/views.ts';
import {
  accountView,
  deskView,
  flattenView,
  orderView,
  positionView,
} from '../../shared/testing/desk-views.ts';
import { trayView } from './tray-view.ts';

test('says what is open', () => {
  const exposed = deskView({
    status: 'exposed',
    accounts: [accountView({ positions: [positionView(1)], orders: [orderView()] }), accountView()],
  });
  expect(trayView(exposed)).toEqual({
    icon: 'exposed',
    headline: '1 of 2 accounts in a position, 1 working orders',
    tooltip: 'Enigma Apex: 1 of 2 accounts in a position, 1 working orders',
  });
});

test('a flatten is never called flat before it is proven', () => {
  for (const state of ['requested', 'sent', 'accepted', 'verifying'] as const) {
    const view = deskView({ status: 'warning', flattens: [flattenView({ state })] });
    expect(trayView(view).headline).toBe('flattening');
  }
  const unresolved = flattenView({ state: 'unresolved' });
  expect(trayView(deskView({ flattens: [flattenView(), unresolved] })).headline).toMatch(
    /NOT proven/,
  );
});

test('demo is marked', () => {
  expect(trayView(deskView({ mode: 'demo' })).tooltip).toMatch(/\(demo\)$/);
});

test('a tooltip fits into what Windows shows', () => {
  const accounts = Array.from({ length: 20 }, () => accountView());
  for (const status of DeskStatusView.options) {
    expect(trayView(deskView({ status, mode: 'demo', accounts })).tooltip.length).toBeLessThan(128);
  }
});

test('every status has an icon of its own in both sizes', () => {
  const folder = join(import.meta.dirname, '..', '..', 'resources', 'icons');
  for (const [suffix, size] of [
    ['', 16],
    ['@2x', 32],
  ] as const) {
    const files = DeskStatusView.options.map((status) =>
      readFileSync(join(folder, `tray-${status}${suffix}.png`)),
    );
    expect(files.map((file) => file.readUInt32BE(16))).toEqual(files.map(() => size));
    const prints = files.map((file) => createHash('sha256').update(file).digest('hex'));
    expect(new Set(prints).size).toBe(files.length);
  }
});
