import { describe, expect, it } from '@jest/globals';
import { closingLines, timed } from './outcome.ts';

describe('the end of a run', () => {
  it('is what failed, the minutes of each command, and the sum alone on the last line', () => {
    const one = { name: 'npm test', counts: { passed: 7, failed: 1, skipped: 2 }, failures: ['FAILED a.test.ts: b'] };
    const other = { name: 'npm run test:slow', counts: { passed: 3, failed: 0, skipped: 0 }, failures: [] };
    expect(
      closingLines([
        { ...one, code: 1, minutes: 4.96 },
        { ...other, code: 0, minutes: 0.04 },
      ]),
    ).toEqual([
      'FAILED a.test.ts: b',
      'npm test: 5.0 min, 8 tests',
      'npm run test:slow: 0.0 min, 3 tests',
      '10 passed, 1 failed, 2 skipped',
    ]);
  });

  it('tells of how long the work took', async () => {
    const counts = { passed: 1, failed: 0, skipped: 0 };
    const outcome = await timed('npm test', async () => ({ counts, failures: [], code: 0 }));
    expect(outcome).toEqual({ name: 'npm test', counts, failures: [], code: 0, minutes: expect.any(Number) });
  });
});
