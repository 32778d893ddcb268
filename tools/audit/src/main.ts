// npm run audit [-- --from 2h --to 5m --sink lake-loader --json]: proves that nothing was lost. Of the laptop platform
// on --dir, whether or not it runs; with STAGE=<stage>, of that stage on AWS.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsTarget, runCommand, UsageError } from '@acme/command-kit';
import { NoLakeError, plainly, SqlError } from '@acme/laptop-aws/sql';
import { commandLineOrExit } from '@acme/local/options';
import { runningOn } from '@acme/local/platform/state-folder';
import { type ContractKey, parameterName } from '@acme/stack-contract';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { audit } from './audit.ts';
import { download } from './download.ts';
import { localLake } from './local-objects.ts';
import { withLocalTables } from './local-tables.ts';
import { auditCommand } from './options.ts';
import type { Objects } from './objects.ts';
import { settled } from './settled.ts';
import type { Stores } from './sink-records.ts';
import { type Sink, sinks } from './sinks.ts';
import { reportLines } from './table.ts';
import { dynamoDbTables } from './tables.ts';
import type { Window } from './window.ts';

const { options } = commandLineOrExit(auditCommand);
const { from: fromMs, to: toMs, sink, json, dir } = options;
const asked: Window = { fromMs, toMs };
const wanted = sinks.filter(({ consumer }) => sink === undefined || sink === consumer);

/** The window of a platform that runs: what is still on its way would look lost. */
const upToWhereAllHaveBeen = async (objects: Objects, nowMs: number): Promise<Window> => {
  const { toMs: end, behind, later } = await settled(objects, wanted, nowMs);
  const why = behind === undefined ? 'all of it has had a minute to land' : `${behind} has been no further`;
  process.stderr.write(
    `the platform runs: audited up to ${new Date(end).toISOString()}, since ${why}; ` +
      `${later.toLocaleString('en')} later records are left out (--to sets another end)\n`,
  );
  if (fromMs !== undefined && fromMs >= end)
    throw new UsageError(
      'Nothing that arrived since --from has been taken by every consumer yet: wait, or give a --to.',
    );
  return { fromMs, toMs: end };
};

/** Uses what sinks keep where it lies, or a copy of what AWS has; a sink that is not deployed there is left out. */
const withStores = async <Result>(
  use: (stores: Stores, sinks: readonly Sink[], window: Window, nowMs: number) => Promise<Result>,
): Promise<Result> => {
  const { stage, client } = awsTarget({});
  if (stage === 'local') {
    const { nowMs, ...lake } = localLake(dir);
    const isOpen = toMs === undefined && runningOn(dir) !== undefined;
    const window = isOpen ? await upToWhereAllHaveBeen(lake.objects, nowMs) : asked;
    return withLocalTables(dir, (tables) => use({ ...lake, tables }, wanted, window, nowMs));
  }
  const ssm = new SSMClient(client);
  const published = async (key: ContractKey): Promise<string | undefined> => {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, key) }));
      return Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  };
  const bucket = await published('lakeBucketName');
  if (bucket === undefined) throw new UsageError(`Stage ${stage} has no lake: deploy lake-loader first.`);
  const deployed: Sink[] = [];
  for (const sink of wanted) {
    if ('prefix' in sink || (await published(sink.table.published)) !== undefined) deployed.push(sink);
    else process.stderr.write(`${sink.consumer} is not deployed to stage ${stage}, and left out\n`);
  }
  const copy = mkdtempSync(join(tmpdir(), 'acme-audit-objects-'));
  try {
    const s3 = new S3Client(client);
    const { objects, ...copied } = await download(s3, { dir: copy, bucket }, deployed, asked);
    process.stderr.write(`${copied.count} objects, ${(copied.bytes / 2 ** 20).toFixed(0)} MiB copied from S3\n`);
    const tables = dynamoDbTables(new DynamoDBClient(client), ({ published: key }) => published(key));
    return await use({ objects, tables }, deployed, asked, Date.now());
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

await runCommand(async () => {
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) throw new UsageError('--from must lie before --to');
  const startedMs = performance.now();
  const report = await withStores((stores, held, window, nowMs) =>
    plainly(stores.objects.dir, () => audit(stores, held, window, nowMs)),
  ).catch((error: unknown) => {
    throw error instanceof NoLakeError ? new UsageError(error.message, { cause: error }) : error;
  });
  const took = `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
  console.log(json ? JSON.stringify(report, undefined, 2) : reportLines(report, took).join('\n'));
  process.exitCode = report.isRight ? 0 : 1;
}, [SqlError]);
