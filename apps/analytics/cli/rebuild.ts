// nx run analytics:rebuild [--from 2026-11-20T09 [--to 2026-11-21]] [--repair]: counts hours of event time anew from the
// lake and says where the counters that are held differ, and what of the lake cannot be read; exits 1 then. With --repair they are corrected.
// It asks the laptop platform; STAGE=<stage> asks that stage on AWS.
import { setTimeout as wait } from 'node:timers/promises';
import { asking, runCommand } from '@acme/command-kit';
import { jitteredBackoff } from '@acme/lambda-kit';
import { athena, OutOfTimeError, QueryFailedError } from '@acme/lambda-kit/athena';
import { findingLines, type Findings, noFindings } from '@acme/lambda-kit/rows';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { UnreadError } from '../src/read/index.ts';
import { type Options, readOptions } from '../src/rebuild/options.ts';
import { published, UnpublishedError } from '../src/rebuild/published.ts';
import { rebuild } from '../src/rebuild/rebuild.ts';
import { addTo, driftLines, heading, noSums, verdict } from '../src/rebuild/report.ts';

/** Longer than Athena lets a query run (30 minutes, Athena quotas), and than DynamoDB can be busy. */
const patienceMs = 35 * 60_000;

const nowMs = Date.now();
await runCommand(async () => {
  const options = readOptions(process.argv.slice(2), nowMs);
  await asking(options.target, () => rebuildAll(options));
}, [UnpublishedError, UnreadError, QueryFailedError, OutOfTimeError]);

async function rebuildAll({ hours, repairs, target }: Options): Promise<void> {
  const [database = '', workGroup = '', bucket = '', table = ''] = await published(target, [
    'lakeDatabaseName',
    'lakeWorkGroupName',
    'lakeBucketName',
    'analyticsAggregatesTableName',
  ]);
  const client = new DynamoDBClient(target.client);
  const deadlineMs = nowMs + patienceMs;
  const sums = noSums();
  let unreadable: Findings = noFindings;
  for await (const hour of rebuild({
    athena: athena(new AthenaClient(target.client), { database, workGroup, deadlineMs }),
    raw: { s3: new S3Client(target.client), bucket },
    aggregates: { client, table, backoff: jitteredBackoff(deadlineMs), wait },
    hours,
    repairs,
    nowMs,
    onUnreadable: (findings) => {
      unreadable = findings;
      for (const line of findingLines(findings)) console.error(`cannot be read: ${line}`);
    },
  })) {
    if (sums.drifted === 0 && hour.drift.length > 0) console.log(heading());
    for (const line of driftLines(hour)) console.log(line);
    addTo(sums, hour);
  }
  for (const line of verdict(sums, repairs && unreadable.count === 0)) console.log(line);
  if (unreadable.count > 0)
    console.log(
      `not all of the lake can be read: drift may come of that${repairs ? ', and nothing was repaired' : ''}; move what is named out of clickstream/, then run it again`,
    );
  process.exitCode = sums.drifted === sums.repaired && unreadable.count === 0 ? 0 : 1;
}
