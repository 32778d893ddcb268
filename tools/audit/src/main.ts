// npm run audit [-- --from 2h --to 5m --sink lake-loader --json]: proves that nothing was lost. Of the laptop platform
// on --dir, whether or not it runs; with STAGE=<stage>, of that stage on AWS.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsTarget, runCommand, UsageError } from '@acme/command-kit';
import { optionsOrExit } from '@acme/local/options';
import { NoLakeError } from '@acme/local/sql/lake';
import { plainly, SqlError } from '@acme/local/sql/sql-error';
import { type ContractKey, parameterName } from '@acme/stack-contract';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { audit } from './audit.ts';
import { namingBrokenEntry } from './broken-entry.ts';
import { bring, download } from './download.ts';
import { localObjects } from './local-objects.ts';
import { withLocalTables } from './local-tables.ts';
import { AuditOptions } from './options.ts';
import type { Stores } from './sink-records.ts';
import { type Sink, sinks } from './sinks.ts';
import { reportLines } from './table.ts';
import { dynamoDbTables } from './tables.ts';

const { options } = optionsOrExit(AuditOptions);
const { from: fromMs, to: toMs, sink, json, dir } = options;
const window = { fromMs, toMs };
const wanted = sinks.filter(({ consumer }) => sink === undefined || sink === consumer);

/** Uses what sinks keep where it lies, or a copy of what AWS has; a sink that is not deployed there is left out. */
const withStores = async <Result>(
  use: (stores: Stores, sinks: readonly Sink[]) => Promise<Result>,
): Promise<Result> => {
  const { stage, client } = awsTarget({});
  if (stage === 'local') {
    const objects = localObjects(dir);
    return withLocalTables(dir, (tables) => use({ objects, tables }, wanted));
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
    const objects = { dir: copy, bucket };
    const s3 = new S3Client(client);
    const copied = await download(s3, objects, deployed, window);
    process.stderr.write(`${copied.objects} objects, ${(copied.bytes / 2 ** 20).toFixed(0)} MiB copied from S3\n`);
    const tables = dynamoDbTables(new DynamoDBClient(client), ({ published: key }) => published(key));
    return await use({ objects: { ...objects, bring: (keys) => bring(s3, objects, keys) }, tables }, deployed);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

await runCommand(async () => {
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) throw new UsageError('--from must lie before --to');
  const startedMs = performance.now();
  const report = await withStores((stores, held) =>
    plainly(stores.objects.dir, () => namingBrokenEntry(stores.objects, () => audit(stores, held, window))),
  ).catch((error: unknown) => {
    throw error instanceof NoLakeError ? new UsageError(error.message, { cause: error }) : error;
  });
  const took = `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
  console.log(json ? JSON.stringify(report, undefined, 2) : reportLines(report, took).join('\n'));
  process.exitCode = report.isRight ? 0 : 1;
}, [SqlError]);
