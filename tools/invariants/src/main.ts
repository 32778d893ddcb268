// Holds the delivery promises against seeded schedules of faults; see README.
import { oneOf, wholeNumber } from '@acme/command-kit';
import { commandLineOrExit } from '@acme/local/options';
import { transport } from '@acme/local/start-options';
import { bad, dim, good } from '@acme/local/terminal/progress';
import * as z from 'zod';
import { consumers } from './consumers.ts';
import { commandOf, reportOf, violationsOf } from './report.ts';
import { run } from './run.ts';
import { describeSchedule, scheduleOf } from './schedule.ts';

const names = consumers.map(({ name }) => name);

const { options } = commandLineOrExit({
  usage: 'node tools/node/run.mjs tools/invariants/src/main.ts',
  does: 'Holds the delivery promises against seeded schedules of faults.',
  options: z.strictObject({
    seed: wholeNumber(0, 0x7fff_ffff).default(1).describe('Of the first run; the next ones have the numbers behind it'),
    runs: wholeNumber(1, 100_000).default(1).describe('How many schedules'),
    consumer: oneOf(names).optional().describe('Only what this consumer promises, beside the producer'),
    transport,
  }),
});
const held = consumers.filter(({ name }) => options.consumer === undefined || name === options.consumer);
let broken = 0;
for (let seed = options.seed; seed < options.seed + options.runs; seed++) {
  const schedule = scheduleOf(seed);
  console.log(describeSchedule(schedule));
  const started = performance.now();
  try {
    const { evidence, struck } = await run(schedule, options.transport);
    const violations = violationsOf(evidence, held);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const records = Object.values(evidence.streams).reduce((sum, stream) => sum + stream.records.length, 0);
    const counts = Object.entries(struck).map(([kind, times]) => `${kind} ${times}`);
    if (counts.length > 0) console.log(dim(`struck: ${counts.join(', ')}`));
    if (violations.length > 0) broken++;
    console.log(
      violations.length === 0
        ? `${good('kept')}  ${records} records on the streams ${dim(`${seconds} s`)}`
        : bad(reportOf(schedule, options, violations)),
    );
  } catch (error) {
    broken++;
    console.log(bad(`${(error as Error).message}\nagain: ${commandOf(seed, options)}`));
  }
}
process.exit(broken === 0 ? 0 : 1);
