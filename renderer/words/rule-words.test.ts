import { describe, expect, it } from 'vitest';
import {
  amountText,
  gapText,
  leftText,
  roomShareText,
  shareText,
  sourceName,
  usedText,
} from './rule-words.ts';

const NOON = new Date(2026, 0, 5, 12, 0, 0).getTime();

describe('the figures of a rule', () => {
  it.each([
    [12_500_000, 'money', '$1,250.00'],
    [2_520, 'lots', '1 mini'],
    [252, 'lots', '0.1 minis'],
    [6_300, 'lots', '2.5 minis'],
    [3, 'count', '3'],
    [384_900, 'share', '38.4 %'],
    [90_000, 'ms', '1 min'],
    [NOON, 'instant', '12:00:00'],
    [null, 'money', '\u2014'],
  ] as const)('carry their unit: %s %s', (value, unit, text) => {
    expect(amountText(value, unit, 'USD')).toBe(text);
  });

  it('leave a duration until an instant, and use up none of it', () => {
    expect(leftText(3_600_000, 'instant', 'USD')).toBe('1 h 0 min');
    expect(leftText(-5_000_000, 'money', 'USD')).toBe('\u2212$500.00');
    expect(usedText(NOON, 'instant', 'USD')).toBe('');
  });

  it.each([
    ['session.earlyClose: The deadline moves.', 'Session, early close: The deadline moves.'],
    ['timeLimit: It is not watched.', 'Time limit: It is not watched.'],
    ['How long an account may idle is not known.', 'How long an account may idle is not known.'],
  ])('leave gaps that are told in words: %s', (gap, text) => {
    expect(gapText(gap)).toBe(text);
  });

  it('name the site of a page, and anything else in full', () => {
    expect(sourceName('https://www.example.com/help/rules')).toBe('example.com');
    expect(sourceName('Help centre, 4.0')).toBe('Help centre, 4.0');
  });

  it('stop counting where more than the whole room is left', () => {
    expect(roomShareText(1_000)).toBe('100 %');
    expect(roomShareText(48_500)).toBe('> 100 %');
  });

  it.each([
    [559, '55 %'],
    [1_204, '120 %'],
    [-5, '0 %'],
    [-55, '\u22125 %'],
  ])('never show more of a share than there is: %s', (share, text) => {
    expect(shareText(share)).toBe(text);
  });
});
