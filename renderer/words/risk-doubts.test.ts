import { describe, expect, it } from 'vitest';
import { riskView, RULES } from '../bridge/fake/risk-parts.ts';
import { dollars } from '../bridge/fake/view-parts.ts';
import { riskDoubts } from './risk-doubts.ts';

describe('what makes the distance less certain', () => {
  it('is nothing while all is kept and known', () => {
    expect(riskDoubts(riskView(), 'USD')).toEqual([]);
  });

  it.each([
    [{ severity: 'warning', reason: 'Half is used.' }, 'Half is used.'],
    [{ figureDoubt: 'one source says zero.' }, 'Not acted on now: one source says zero.'],
    [
      { midCycle: true },
      'Taken over in mid-cycle: an earlier peak is not known, so the floor may be higher.',
    ],
    [
      { brokerFloor: dollars(49_700), floorDisagreement: dollars(60) },
      'The broker says the floor is $49,700.00; the rules give $49,640.00. The broker\u2019s one is higher and counts.',
    ],
    [
      { brokerFloor: dollars(49_600), floorDisagreement: dollars(-40) },
      'The broker says the floor is $49,600.00; the rules give $49,640.00. The computed one is higher and counts.',
    ],
    [
      { rules: { ...RULES, confidence: 'low' } },
      'Some of these rules are not sure. Compare them with your agreement.',
    ],
    [
      { rules: { ...RULES, isOld: true, checkedOn: null } },
      'When these rules were checked is not known. The firm may have changed them.',
    ],
  ] as const)('is said in a sentence: %j', (part, sentence) => {
    expect(riskDoubts(riskView(part), 'USD')).toEqual([sentence]);
  });
});
