import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openS3, type S3, servedAlone } from '@acme/laptop-aws/testing';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, aRecord, noon } from './a-lake.fixture.ts';
import { aTelemetry } from './a-telemetry.fixture.ts';
import { audit } from './audit.ts';
import { download } from './download.ts';
import { filesOf } from './objects.ts';
import { sinks as all } from './sinks.ts';
import { noTables } from './tables.ts';
import type { Window } from './window.ts';

const sinks = all.filter(({ consumer }) => consumer === 'lake-loader');

const run = 'tables/telemetry/run-1/date=2026-01-31/part-0';
let dir: string;
let s3: S3;
let served: Awaited<ReturnType<typeof servedAlone>>;
let client: S3Client;

/** A bucket that holds an hour of events, compacted, and a copy of what an audit of a window needs of it. */
const auditOfCopy = async (window: Window = {}) => {
  const { objects, ...copied } = await download(client, { dir: join(dir, 'copy'), bucket: 'lake' }, sinks, window);
  const report = await audit({ objects, tables: noTables }, sinks, window);
  return { copied, report };
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'acme-audit-copy-'));
  s3 = await openS3({ dir: join(dir, 'aws') });
  s3.createBucket('lake');
  served = await servedAlone(s3.service);
  client = new S3Client(served.client);

  const lake = aLake();
  const telemetry = aTelemetry(lake.objects);
  const record = aRecord(0, ['a', 'b', 'c']);
  await lake.call('request-1', [record]);
  lake.see([record]);
  telemetry.compacted([(await lake.take([record])).rows]);
  telemetry.list([await telemetry.file(run, ['a', 'b', 'c'])]);
  await telemetry.file('tables/telemetry/run-left/date=2026-01-31/part-0', ['a']);
  const root = join(lake.objects.dir, 's3', 'buckets', 'lake', 'objects');
  for (const file of filesOf(lake.objects, '')) {
    await s3.put('lake', relative(root, file).slice(0, -'.data'.length), readFileSync(file));
  }
  lake.close();
});
afterEach(async () => {
  client.destroy();
  await served.close();
  rmSync(dir, { recursive: true });
});

describe('an audit of a copy', () => {
  it('comes to what the bucket holds, the files that manifests list being copied on the way', async () => {
    const { copied, report } = await auditOfCopy();

    expect(report.isRight).toBe(true);
    expect(report.hours.at(-1)?.telemetry).toEqual({ good: 3, there: 3, waiting: 0, before: 0 });
    expect(copied).toEqual({ count: 6, bytes: expect.any(Number) });
    expect(filesOf({ dir: join(dir, 'copy'), bucket: 'lake' }, 'tables/')).toEqual([expect.stringContaining('run-1')]);
  });

  it('says which listed file the bucket lacks', async () => {
    await s3.put(
      'lake',
      'manifests/telemetry/date=2026-01-31/files.txt',
      Buffer.from('s3://lake/tables/telemetry/gone\n'),
    );
    const { report } = await auditOfCopy();

    expect(report.findings.map(({ what, names }) => [what, names])).toEqual([
      ['files that a manifest lists and that are gone', ['s3://lake/tables/telemetry/gone']],
      ['events of compacted objects that are not in it', ['a', 'b', 'c']],
    ]);
  });

  it('leaves out the days on which nothing of the window happened', async () => {
    const { report } = await auditOfCopy({ fromMs: noon + 3 * 3_600_000 });

    expect(report).toEqual({ hours: [], findings: [], notes: [], isRight: true });
    expect(filesOf({ dir: join(dir, 'copy'), bucket: 'lake' }, 'tables/')).toEqual([]);
  });
});
