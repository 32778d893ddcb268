// nx run enricher:repair [--from 2026-11-21T09 [--to 2026-11-21T12]] [--dir .local | --stage <stage>]: looks up again
// what enriched events lack, now that it may be there, and rewrites their objects; hours are those the events happened in.
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { awsTarget, count, dim, Progress, targetOptions } from '@acme/command-kit';
import { jitteredBackoff } from '@acme/lambda-kit';
import { parameterName } from '@acme/stack-contract';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { explained } from '../command/explained.ts';
import { tableNameIn } from '../command/table-name.ts';
import { dimensions } from '../src/dimensions/index.ts';
import { batchGet } from '../src/lookup/batch-get.ts';
import { lookingUp } from '../src/lookup/look-up.ts';
import { repair, type Totals } from '../src/repair/repair.ts';

const progress = new Progress();
const { from, to, stage, ...values } = options();
for (const [name, hour] of Object.entries({ from, to }))
  if (hour !== undefined && !/^\d{4}-\d\d-\d\dT\d\d$/.test(hour))
    fail(`--${name} must be an hour in UTC, such as 2026-11-21T09`);
const target = awsTarget(values, stage === undefined ? process.env : { ...process.env, STAGE: stage });

const s3 = new S3Client(target.client);
const tables = new Map(dimensions.map((dimension) => [dimension.name as string, tableNameIn(target, dimension)]));
const limits = { entries: 100_000, hitMs: 60_000, missMs: 60_000 };
const lookUp = lookingUp(batchGet(new DynamoDBClient(target.client), tables), limits);
const endless = jitteredBackoff(Infinity);
const backoff = (attempt: number): number | undefined => (attempt > 15 ? undefined : endless(attempt));

try {
  const startedMs = performance.now();
  const onProgress = (totals: Totals): void =>
    progress.status(
      `${count(totals.objects)} objects  ${count(totals.events)} events  ${count(totals.repaired)} repaired`,
    );
  const { objects, rewritten, events, repaired, lacking, hits, problems } = await repair(
    { s3, bucket: await lakeBucket() },
    { lookUp, backoff, wait, from, to, onProgress },
  );
  progress.status('');
  for (const problem of problems) console.error(problem);
  progress.line(
    `${count(repaired)} of ${count(events)} events repaired, in ${count(rewritten)} of ${count(objects)} objects  ` +
      dim(`${((performance.now() - startedMs) / 1000).toFixed(1)} s`),
  );
  for (const [name, found] of Object.entries(hits)) progress.line(`  ${name}: ${count(found)} found`);
  if (lacking > 0) progress.line(`${count(lacking)} events still lack something: load it, then run this again`);
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  fail(explained(error as Error, target, 'repair'));
}

async function lakeBucket(): Promise<string> {
  const ssm = new SSMClient(target.client);
  const { Parameter } = await ssm.send(
    new GetParameterCommand({ Name: parameterName(target.stage, 'lakeBucketName') }),
  );
  return Parameter?.Value as string;
}

function options() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { from: text, to: text, stage: text, ...targetOptions } }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(message: string): never {
  progress.status('');
  console.error(message);
  return process.exit(1);
}
