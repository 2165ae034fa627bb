import { describe, expect, it } from 'vitest';
import { sum, tallyOfPlaywright, tallyOfVitest, withExitCode } from './tally.ts';

describe('the tally', () => {
  it('counts the tests that vitest reports', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, testResults: [] };
    expect(tallyOfVitest(report)).toEqual({ passed: 3, failed: 1 });
  });

  it('counts a file that fails before its first test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(tallyOfVitest({ numPassedTests: 1, numFailedTests: 0, testResults })).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it('counts a flaky end-to-end test and an error outside of tests as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 0 };
    expect(tallyOfPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3 });
  });

  it('counts a run that ends badly without a failed test as one failure', () => {
    expect(withExitCode(1, { passed: 4, failed: 0 })).toEqual({ passed: 4, failed: 1 });
    expect(withExitCode(1, { passed: 4, failed: 2 })).toEqual({ passed: 4, failed: 2 });
    expect(withExitCode(0, { passed: 4, failed: 0 })).toEqual({ passed: 4, failed: 0 });
  });

  it('adds up', () => {
    expect(sum([])).toEqual({ passed: 0, failed: 0 });
    expect(
      sum([
        { passed: 1, failed: 2 },
        { passed: 3, failed: 4 },
      ]),
    ).toEqual({
      passed: 4,
      failed: 6,
    });
  });
});
