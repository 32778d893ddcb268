// nx run lake-loader:compact [--from 2026-11-21T09:00Z [--to 2026-11-21T12:00Z]]: runs the deployed compaction once and
// says what came of it (exit code 1 when something had to be put aside); the hour that is still filling is taken too. With --from, hours of arrival are done again.
// It asks the laptop platform; STAGE=<stage> asks that stage on AWS.
import { awsTarget, count, readCommandLine, refused, runCommand, targetOptions, text } from '@acme/command-kit';
import { InvokeError, invokeFunction } from '@acme/command-kit/invoke-function';
import * as z from 'zod';
import type { Outcome } from '../src/compact/compact.ts';
import { Order } from '../src/compact/order.ts';

const time = text('a day or a time in UTC, such as 2026-11-21T09:00Z').transform(instant).optional();
const command = {
  usage: 'npx nx run lake-loader:compact',
  does: 'Runs the deployed compaction once and says what came of it; the hour that is still filling is taken too. On the laptop platform, or on AWS with STAGE=<stage>.',
  options: z.strictObject({
    from: time.describe('Hours of arrival from here on are done again'),
    to: time.describe('Where the hours to do again end. Without it now'),
    ...targetOptions,
  }),
};

await runCommand(async () => {
  const { from, to, ...values } = readCommandLine(command).options;
  const order = Order.safeParse({ from, to });
  if (!order.success) throw refused(order.error.issues);

  const { name, answer, ms } = await invokeFunction<Outcome>(awsTarget(values), {
    of: 'lake-compaction',
    order: order.data,
    maxAttempts: 1, // an answer may take a quarter of an hour, and a second try would only do the same work again
  });

  const { hours, rawBytes, before, aside, mended, files, bytes, dates, isDone } = answer;
  const mebibytes = (size: number): string => `${(size / 2 ** 20).toFixed(1)} MiB`;
  console.log(
    `${name}  ${count(hours)} hours  ${mebibytes(rawBytes)} of raw events  ${count(files)} files of ${mebibytes(bytes)} new on ${count(dates.length)} days  in ${ms} ms`,
  );
  if (dates.length > 0) console.log(`days: ${dates.slice(0, 31).join(', ')}${dates.length > 31 ? ', …' : ''}`);
  if (before > 0)
    console.log(`${count(before)} rows happened before the table's first day and stay in streaming_events`);
  if (mended > 0) console.log(`${count(mended)} events that not every reader could read were written anew`);
  if (aside.count > 0) {
    console.log(
      `${count(aside.count)} lines and objects that nobody can read were put aside (quarantine/lake-compaction/):`,
    );
    for (const name of aside.names) console.log(`  ${name}`);
    process.exitCode = 1;
  }
  if (!isDone) console.log('time was up before all was done: run it again, it goes on from here');
}, [InvokeError]);

/** A time to the minute is a time, too. */
function instant(given: string): string {
  return given.replace(/^(\d{4}-\d\d-\d\d)$/, '$1T00:00Z').replace(/T(\d\d:\d\d)Z$/, 'T$1:00Z');
}
