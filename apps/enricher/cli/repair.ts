// nx run enricher:repair [--from 2026-11-21T09] [--to 2026-11-21T12] [--dir .local | --stage <stage> | --stack <name>]:
// looks up again what enriched events lack, now that it may be there, and rewrites their objects. Hours are those that
// the events happened in.
import { setTimeout as wait } from 'node:timers/promises';
import { CommandError, count, dim, Progress, readCommandLine, runCommand, targetOptions } from '@acme/command-kit';
import { jitteredBackoff } from '@acme/lambda-kit';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { explained } from '../command/explained.ts';
import { placeOf, stageOptions, targetOf } from '../command/place.ts';
import { batchGet } from '../src/lookup/batch-get.ts';
import { lookingUp } from '../src/lookup/look-up.ts';
import { repair, type Totals } from '../src/repair/repair.ts';

/** Problems that are named; of the others there is the count. */
const mostNamed = 20;
const limits = { entries: 100_000, hitMs: 60_000, missMs: 60_000 };
const endless = jitteredBackoff(Infinity);
const backoff = (attempt: number): number | undefined => (attempt > 15 ? undefined : endless(attempt));

const hour = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d$/)
  .meta({ takes: 'an hour in UTC, such as 2026-11-21T09' })
  .optional();
const command = {
  usage: 'npx nx run enricher:repair',
  does: 'Looks up again what enriched events lack, now that it may be there, and rewrites their objects. Hours are those that the events happened in.',
  options: z.strictObject({
    from: hour.describe('The first hour. Without it the first that there is'),
    to: hour.describe('The last hour. Without it the last that there is'),
    ...stageOptions,
    ...targetOptions,
  }),
};

await runCommand(async () => {
  const { from, to, stack, ...values } = readCommandLine(command).options;
  const target = targetOf({ ...values, stack }, process.env);
  const progress = new Progress();
  try {
    const s3 = new S3Client(target.client);
    const startedMs = performance.now();
    const { tables, bucket } = await placeOf(target, stack);
    const lookUp = lookingUp(batchGet(new DynamoDBClient(target.client), tables), limits);
    const onProgress = (totals: Totals): void =>
      progress.status(
        `${count(totals.objects)} objects  ${count(totals.events)} events  ${count(totals.repaired)} repaired`,
      );
    const { objects, rewritten, events, repaired, lacking, hits, problems } = await repair(
      { s3, bucket: await bucket() },
      { lookUp, backoff, wait, from, to, onProgress },
    );
    progress.status('');
    for (const problem of problems.slice(0, mostNamed)) console.error(problem);
    if (problems.length > mostNamed) console.error(`and ${count(problems.length - mostNamed)} more`);
    progress.line(
      `${count(repaired)} of ${count(events)} events repaired, in ${count(rewritten)} of ${count(objects)} objects  ` +
        dim(`${((performance.now() - startedMs) / 1000).toFixed(1)} s`),
    );
    for (const [name, found] of Object.entries(hits)) progress.line(`  ${name}: ${count(found)} found`);
    if (lacking > 0) progress.line(`${count(lacking)} events still lack something: load it, then run this again`);
    if (problems.length > 0) process.exitCode = 1;
  } catch (error) {
    progress.status('');
    throw new CommandError(explained(error as Error, target, 'repair'), { cause: error });
  }
});
