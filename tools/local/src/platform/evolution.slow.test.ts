import { join } from 'node:path';
import { readCatalog } from '@acme/laptop-aws/sql';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { aPlace, Place } from './platform.fixture.ts';
import { aWorkspaceCopy, type WorkspaceCopy } from './a-workspace-copy.ts';

const timeout = 240_000;
const Bucket = 'acme-telemetry-data-000000000000-us-west-2';
const seed = 'apps/lake-loader/cli/seed.ts';
const publish = 'libs/telemetry-schema/cli/publish.ts';

describe('a column that is new in the schema', () => {
  let workspace: WorkspaceCopy;
  let place: Place;
  let s3: S3Client;

  beforeAll(async () => {
    workspace = await aWorkspaceCopy();
    const { aPlace: aPlaceThere } = (await import(
      join(workspace.folder, 'tools/local/src/platform/platform.fixture.ts')
    )) as {
      aPlace: typeof aPlace;
    };
    place = await aPlaceThere();
    s3 = new S3Client(place.client);
    const before = await place.start('--rate', '0', '--schedules', 'off');
    expect(await seedDay('2026-10-01')).toMatchObject({ code: 0, stderr: '' });
    await keepAsCompacted('2026-10-01');
    await before.kill('SIGTERM');

    // The event's field is the column of every table that holds such events.
    const last = "belongs to; some senders leave it out'),";
    await workspace.change(
      'libs/telemetry-schema/src/viewing-event.ts',
      last,
      `${last}\n    bitrate_kbps: count(0, 1_000_000).optional().describe('Bit rate of the stream, kbit/s'),`,
    );
    await workspace.change(
      'apps/lake-loader/seed/telemetry-columns.ts',
      "quality: 'quality',",
      "quality: 'quality',\n    bitrate_kbps: '4200::INTEGER',",
    );
  }, timeout);
  afterAll(async () => {
    s3?.destroy();
    await place?.close();
    await workspace?.remove();
  });

  const seedDay = (date: string) =>
    place.run(seed, '--dir', place.dir, '--scale', '0.01', '--from', date, '--to', date);

  /** What compaction writes stays when another data set takes the place of the seeded one. */
  const keepAsCompacted = async (date: string): Promise<void> => {
    const manifest = { Bucket, Key: `manifests/telemetry/date=${date}/files.txt` };
    const listed = await s3.send(new GetObjectCommand(manifest));
    const [, seeded] = /^s3:\/\/[^/]+\/(.*)\n$/.exec((await listed.Body?.transformToString()) ?? '') ?? [];
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: seeded }));
    const Key = `tables/telemetry/live/date=${date}/part.parquet`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: await Body?.transformToByteArray() }));
    await s3.send(new PutObjectCommand({ ...manifest, Body: `s3://${Bucket}/${Key}\n` }));
  };

  it(
    'is published, and is then in the catalogue, in new files, and in queries over old and new files',
    async () => {
      const published = await place.run(publish);
      expect(published).toMatchObject({ code: 0, stderr: '' });
      expect(published.stdout.replace(/\d+\.\d+\.\d+ to \d+\.\d+\.0/, '… to …').split('\n')).toEqual([
        'viewing.bitrate_kbps is new and optional',
        'telemetry.bitrate_kbps is new and optional',
        'streaming_events.bitrate_kbps is new and optional',
        '',
        'The minor version rises: … to …. Commit libs/telemetry-schema/published with the change.',
        '',
      ]);

      await place.start('--rate', '0', '--schedules', 'off');
      expect(
        readCatalog(place.dir)?.databases['acme_telemetry']?.tables['telemetry']?.StorageDescriptor.Columns.at(-1),
      ).toMatchObject({ Name: 'bitrate_kbps', Type: 'int', Comment: 'Bit rate of the stream, kbit/s' });

      expect(await seedDay('2026-10-02')).toMatchObject({ code: 0, stderr: '' });
      const [old, fresh] = await place.sql(
        'SELECT date, COUNT(*) AS n, COUNT(quality) AS qualities, COUNT(bitrate_kbps) AS bitrates, MIN(bitrate_kbps) AS least FROM telemetry GROUP BY date ORDER BY date',
      );
      expect([old, fresh]).toEqual([
        { date: '2026-10-01', n: 1000, qualities: 1000, bitrates: 0, least: null },
        { date: '2026-10-02', n: 1000, qualities: 1000, bitrates: 1000, least: 4200 },
      ]);
      expect(await place.sql('SELECT bitrate_kbps FROM streaming_events')).toEqual([]);
    },
    timeout,
  );

  it('is refused when it is taken away, with the services and the saved query that read it', async () => {
    await workspace.change('libs/telemetry-schema/src/telemetry.ts', '    device_type,\n', '');
    const { code, stderr } = await place.run(publish);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^telemetry\.device_type is removed\n {2}named by {3}.*apps\/dashboard \(.*apps\/lake-loader \(.*\n {2}asked by {3}"Device type distribution"\n {2}held by {4}tables enriched_events, streaming_events, telemetry, in files written since 0\.1\.0\n/m,
    );
  });
});
