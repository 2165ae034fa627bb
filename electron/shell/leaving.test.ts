import { expect, test } from 'vitest';
import {
  accountView,
  deskView,
  flattenView,
  orderView,
  positionView,
} from '../../shared/testing/desk-views.ts';
import { exposureOf, exposureText } from './exposure.ts';
import { leavingQuestion, leavingStep } from './leaving.ts';

const long = deskView({ accounts: [accountView({ positions: [positionView(2)] })] });
const waiting = deskView({ accounts: [accountView({ orders: [orderView()] })] });
const stale = deskView({ accounts: [accountView({ freshness: 'stale' })] });

test('a position, a working order or a running flatten is exposure', () => {
  expect(exposureOf(deskView())).toBe('none');
  expect(exposureOf(long)).toBe('exposed');
  expect(exposureOf(waiting)).toBe('exposed');
  for (const state of ['requested', 'sent', 'accepted', 'verifying'] as const) {
    expect(exposureOf(deskView({ flattens: [flattenView({ state })] }))).toBe('exposed');
  }
  const armed = flattenView({ state: 'unresolved', armed: true });
  expect(exposureOf(deskView({ flattens: [armed] }))).toBe('exposed');
  expect(exposureOf(deskView({ flattens: [flattenView({ state: 'confirmed' })] }))).toBe('none');
});

test('an account last seen flat is unknown once its word is old', () => {
  for (const freshness of ['stale', 'disconnected', 'offline', 'unconfirmed'] as const) {
    expect(exposureOf(deskView({ accounts: [accountView({ freshness })] }))).toBe('unknown');
  }
  expect(exposureOf(deskView({ accounts: [] }))).toBe('none');
});

test('says what is open', () => {
  const mixed = accountView({
    displayName: 'Eval 50K',
    positions: [positionView(-3)],
    orders: [orderView(), orderView()],
  });
  expect(exposureText(deskView({ accounts: [accountView(), mixed] }))).toBe(
    'Eval 50K: short 3 ES 12-26, 2 working orders',
  );
  expect(exposureText(long)).toBe('Sim101: long 2 ES 12-26');
  expect(exposureText(stale)).toMatch(/too old/);
  expect(exposureText(deskView({ flattens: [flattenView()] }))).toMatch(/flatten is still running/);
});

test('leaving asks unless everything is known to be flat', () => {
  for (const leaving of ['close', 'quit'] as const) {
    for (const exposure of ['exposed', 'unknown'] as const) {
      expect(leavingStep(leaving, { exposure, trayExplained: true })).toBe('ask');
    }
  }
  expect(leavingStep('quit', { exposure: 'none', trayExplained: false })).toBe('end');
});

test('the tray is explained the first time the window is closed', () => {
  expect(leavingStep('close', { exposure: 'none', trayExplained: false })).toBe('explainTray');
  expect(leavingStep('close', { exposure: 'none', trayExplained: true })).toBe('hide');
});

test('the question tells that nobody flattens after the app has gone', () => {
  const quit = leavingQuestion('quit', 'exposed', 'Sim101: long 2 ES 12-26');
  expect(quit.message).toBe('You still have positions or working orders.');
  expect(quit.detail).toContain('Sim101: long 2 ES 12-26');
  expect(quit.detail).toContain('does not flatten by itself');
  expect(quit.buttons).toEqual(['Flatten and stay', 'Quit anyway', 'Cancel']);
  expect(quit.choices).toHaveLength(quit.buttons.length);
  const close = leavingQuestion('close', 'unknown', '');
  expect(close.message).toBe('You may still have positions or working orders.');
  expect(close.buttons[1]).toBe('Close the window');
});
