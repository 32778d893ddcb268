import { describe, expect, it } from '@jest/globals';
import { consumers } from './consumers.ts';
import { reportOf, violationsOf } from './report.ts';
import { run } from './run.ts';
import { describeSchedule, scheduleOf } from './schedule.ts';

// One run of each kind; `src/main.ts --runs 100` does many.
describe('the delivery promises are kept', () => {
  it.each([3, 4, 5].map((seed) => scheduleOf(seed)))(
    'by the producer and every consumer in the run of seed $seed ($kind)',
    async (schedule) => {
      const { evidence } = await run(schedule);
      const violations = violationsOf(evidence, consumers);
      const report = [describeSchedule(schedule), reportOf(schedule, { transport: 'kinesis' }, violations)].join('\n');
      expect(violations.length === 0 ? 'kept' : report).toBe('kept');
    },
    240_000,
  );
});
