import { describe, expect, it } from '@jest/globals';
import { sum, totalLine } from './counts.ts';

describe('the line that closes a test run', () => {
  it('sums all suites, and speaks of skipped tests only when there are some', () => {
    const suites = [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 1, skipped: 2 },
    ];
    expect(totalLine(sum(suites))).toBe('7 passed, 1 failed, 2 skipped');
    expect(totalLine(sum(suites.slice(0, 1)))).toBe('3 passed, 0 failed');
    expect(totalLine(sum([]))).toBe('0 passed, 0 failed');
  });
});
