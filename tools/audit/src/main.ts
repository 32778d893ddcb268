// npm run audit [-- --from 2h --to 5m --sink lake-loader --json]: proves that nothing was lost. Of the laptop platform
// on --dir, whether or not it runs; with STAGE=<stage>, of that stage on AWS.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsTarget } from '@acme/command-kit';
import { optionsOrExit } from '@acme/local/options';
import { NoLakeError } from '@acme/local/sql/lake';
import { plainly, SqlError } from '@acme/local/sql/sql-error';
import { parameterName } from '@acme/stack-contract';
import { S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { audit } from './audit.ts';
import { namingBrokenEntry } from './broken-entry.ts';
import { bring, download } from './download.ts';
import { localObjects } from './local-objects.ts';
import type { Objects } from './objects.ts';
import { AuditOptions } from './options.ts';
import { sinks } from './sinks.ts';
import { reportLines } from './table.ts';

const { options } = optionsOrExit(AuditOptions);
const { from: fromMs, to: toMs, sink, json, dir } = options;
const window = { fromMs, toMs };
const wanted = sinks.filter(({ consumer }) => sink === undefined || sink === consumer);

const refuse = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(2);
};

/** Uses the objects where they lie, or a copy of what AWS has. */
const withObjects = async <Result>(use: (objects: Objects) => Promise<Result>): Promise<Result> => {
  const { stage, client } = awsTarget({});
  if (stage === 'local') return use(localObjects(dir));
  const copy = mkdtempSync(join(tmpdir(), 'acme-audit-objects-'));
  try {
    const { Parameter } = await new SSMClient(client).send(
      new GetParameterCommand({ Name: parameterName(stage, 'lakeBucketName') }),
    );
    const objects = { dir: copy, bucket: Parameter?.Value ?? '' };
    const s3 = new S3Client(client);
    const copied = await download(s3, objects, wanted, window);
    process.stderr.write(`${copied.objects} objects, ${(copied.bytes / 2 ** 20).toFixed(0)} MiB copied from S3\n`);
    return await use({ ...objects, bring: (keys) => bring(s3, objects, keys) });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) refuse('--from must lie before --to');

const startedMs = performance.now();
try {
  const report = await withObjects((objects) =>
    plainly(objects.dir, () => namingBrokenEntry(objects, () => audit(objects, wanted, window))),
  );
  const took = `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
  console.log(json ? JSON.stringify(report, undefined, 2) : reportLines(report, took).join('\n'));
  process.exitCode = report.isRight ? 0 : 1;
} catch (error) {
  if (error instanceof NoLakeError) refuse(error.message);
  if (!(error instanceof SqlError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
