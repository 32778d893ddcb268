import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endsWithUs } from '@acme/laptop-aws/machine';
import { dataSet, lakeAnswers } from '@acme/synthetic';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPlace, type Place } from './platform.fixture.ts';

const timeout = 120_000;
const Bucket = 'acme-telemetry-data-000000000000-us-west-2';
const program = 'apps/lake-loader/cli/seed.ts';

describe('lake-loader:seed beside the running platform', () => {
  let place: Place;
  let s3: S3Client;
  let duckDb: DuckDBConnection;
  beforeAll(async () => {
    place = await aPlace();
    s3 = new S3Client(place.client);
    duckDb = await (await DuckDBInstance.create()).connect();
    await place.start('--rate', '0', '--schedules', 'off');
  }, timeout);
  afterAll(async () => {
    s3.destroy();
    duckDb.closeSync();
    await place.close();
  });

  const seed = (...options: readonly string[]) => place.run(program, '--dir', place.dir, ...options);
  const succeeded = { code: 0, stderr: '' };

  /** Keys, sizes and ETags. */
  const objects = async (prefix: string) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
    return Contents.map(({ Key, Size, ETag }) => ({ key: Key as string, size: Size, etag: ETag }));
  };
  const everything = async () => [...(await objects('tables/')), ...(await objects('manifests/telemetry/'))];
  const textOf = async (key: string): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
    return (await Body?.transformToString()) as string;
  };

  /** Downloads what queries would read and makes a view of each table. */
  const openTables = async (): Promise<void> => {
    const files: Record<string, string[]> = { customers: [], titles: [], campaigns: [], telemetry: [] };
    for (const table of ['customers', 'titles', 'campaigns']) {
      for (const { key } of await objects(`tables/${table}/`)) files[table]?.push(key);
    }
    for (const { key } of await objects('manifests/telemetry/')) {
      for (const line of (await textOf(key)).trimEnd().split('\n')) {
        if (line) files['telemetry']?.push(line.slice(`s3://${Bucket}/`.length));
      }
    }
    for (const [table, keys] of Object.entries(files)) {
      for (const key of keys) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
        await mkdir(dirname(join(place.dir, 'copy', key)), { recursive: true });
        await writeFile(join(place.dir, 'copy', key), (await Body?.transformToByteArray()) as Uint8Array);
      }
      const list = keys.map((key) => `'${join(place.dir, 'copy', key)}'`).join(', ');
      await duckDb.run(
        `CREATE OR REPLACE VIEW ${table} AS SELECT * FROM read_parquet([${list}], hive_partitioning = ${table === 'telemetry'}, hive_types_autocast = false)`,
      );
    }
  };
  const query = async (statement: string) => (await duckDb.runAndReadAll(statement)).getRowObjectsJS();
  const byName = async (statement: string) =>
    Object.fromEntries((await query(statement)).map(({ name, value }) => [name, Number(value)]));

  it(
    'answers the first queries as the answer key does',
    async () => {
      const { code, stderr, stdout } = await seed();
      expect({ code, stderr }).toEqual(succeeded);
      expect(stdout).toMatch(/^telemetry +100,000 +31 +31 /m);
      await openTables();

      const { universe, range } = dataSet();
      const answers = lakeAnswers(universe, range);
      expect(
        await byName(
          Object.keys(answers.rows)
            .map((table) => `SELECT '${table}' AS name, COUNT(*) AS value FROM ${table}`)
            .join(' UNION ALL '),
        ),
      ).toEqual(answers.rows);
      expect(
        await byName(`SELECT t.genre AS name, SUM(e.watch_duration_seconds) // 3600 AS value
                      FROM telemetry e JOIN titles t ON e.title_id = t.title_id GROUP BY 1`),
      ).toEqual(answers.hoursByGenre);
      expect(
        await byName(`SELECT subscription_tier AS name, COUNT(*) AS value FROM customers
                      WHERE is_active = true GROUP BY 1`),
      ).toEqual(answers.activeByTier);
      expect(await byName('SELECT device_type AS name, COUNT(*) AS value FROM telemetry GROUP BY 1')).toEqual(
        answers.eventsByDevice,
      );
      expect(
        (
          await query(`SELECT date, COUNT(*)::INT AS events, (SUM(watch_duration_seconds) // 3600)::INT AS hours,
                         COUNT(*) FILTER (WHERE c.subscription_tier = 'free_with_ads'
                                          AND e.event_type IN ('start', 'resume'))::INT AS advertisements
                       FROM telemetry e JOIN customers c ON e.customer_id = c.customer_id GROUP BY date ORDER BY date`)
        ).map((row) => ({ ...row })),
      ).toEqual(answers.days);
    },
    timeout,
  );

  it('has every customer and title that an event names, each event once on its day, and campaigns that add up', async () => {
    expect(
      await query(`SELECT COUNT(*)::INT AS events, COUNT(DISTINCT event_id)::INT AS ids,
                     COUNT(c.customer_id)::INT AS customers, COUNT(t.title_id)::INT AS titles,
                     COUNT(*) FILTER (WHERE e.event_timestamp[:10] = e.date)::INT AS on_their_day,
                     COUNT(*) FILTER (WHERE c.is_active)::INT AS active,
                     COUNT(*) FILTER (WHERE t.title_type = e.title_type)::INT AS same_type
                   FROM telemetry e LEFT JOIN customers c USING (customer_id) LEFT JOIN titles t USING (title_id)`),
    ).toEqual([
      Object.fromEntries(
        ['events', 'ids', 'customers', 'titles', 'on_their_day', 'active', 'same_type'].map((name) => [name, 100_000]),
      ),
    ]);
    expect(
      await query(`SELECT (SELECT SUM(impressions)::INT FROM campaigns) AS impressions, COUNT(*)::INT AS shown
                   FROM telemetry JOIN customers USING (customer_id)
                   WHERE subscription_tier = 'free_with_ads' AND event_type IN ('start', 'resume')`),
    ).toEqual([{ impressions: 17_396, shown: 17_396 }]);
  });

  it(
    'writes nothing when all is there',
    async () => {
      const before = await everything();
      const { code, stdout } = await seed();
      expect(code).toBe(0);
      for (const table of ['customers', 'titles', 'telemetry', 'campaigns']) {
        expect(stdout).toMatch(new RegExp(`^${table} +[\\d,]+ +\\d+ +0 `, 'm'));
      }
      expect(await everything()).toEqual(before);
    },
    timeout,
  );

  it(
    'is in no query before all of it is written, and killed half-way and run again has the same objects',
    async () => {
      const options = ['--seed', '5', '--scale', '10'];
      expect(await seed(...options)).toMatchObject(succeeded);
      const prefix = (await objects('tables/telemetry/seed-5-'))[0]?.key.replace(/date=.*/, '') as string;
      const expected = await objects(prefix);
      expect(expected).toHaveLength(31);
      expect(await seed()).toMatchObject(succeeded); // the first data set is in the table again
      const before = await objects('manifests/telemetry/');
      for (const { key } of expected) await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));

      const running = launched('--dir', place.dir, ...options);
      while ((await objects(prefix)).length < 5) await wait(10);
      running.kill('SIGKILL');
      await once(running, 'exit');
      while ((await place.processes()).some((line) => line.includes('seed/worker.ts'))) await wait(50);
      expect((await objects(prefix)).length).toBeLessThan(expected.length);
      expect(await objects('manifests/telemetry/')).toEqual(before);

      const { code, stdout } = await seed(...options);
      expect(code).toBe(0);
      expect(Number(/^telemetry +1,000,000 +31 +(\d+)/m.exec(stdout)?.[1])).toBeLessThan(31);
      expect(await objects(prefix)).toEqual(expected);
    },
    timeout,
  );

  it(
    'takes the place of the data set before, on its days too, and leaves other files of the table',
    async () => {
      const other = `s3://${Bucket}/tables/telemetry/live/date=2026-10-31/part.parquet`;
      const manifest = 'manifests/telemetry/date=2026-10-31/files.txt';
      await s3.send(new PutObjectCommand({ Bucket, Key: manifest, Body: `${other}\n${await textOf(manifest)}` }));
      expect(await seed('--scale', '0.1', '--to', '2026-10-30')).toMatchObject(succeeded);
      expect(await textOf(manifest)).toBe(`${other}\n`);
      expect(await textOf('manifests/telemetry/date=2026-10-30/files.txt')).toMatch(
        /^s3:\S+\/seed-1-scale-0.1-2026-10-01-2026-10-30-\w+\/date=2026-10-30\/part-00000.parquet\n$/,
      );
      // Queries that began before may read the objects of the set before: they stay for a day.
      const kept = await objects('tables/telemetry/seed-5-');
      expect(kept).toHaveLength(31);
      await expect(s3.send(new HeadObjectCommand({ Bucket, Key: kept[0]?.key }))).resolves.toBeDefined();
    },
    timeout,
  );

  it.each([
    [['--scale', '0'], 2, '--scale must be from 0.00001 to 1000000'],
    [['--from', '2026-10-02', '--to', '2026-10-01'], 2, '--from must not lie after to'],
    [['--from', '2024-12-31'], 1, 'queries of telemetry see the days from 2025-01-01 to '],
    [['--fast'], 2, 'there is no --fast'],
  ])('says what is wrong with %j, and writes nothing', async (options, code, message) => {
    const before = await everything();
    expect(await seed(...options)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
    expect(await everything()).toEqual(before);
  });

  it('says that nothing runs where nothing does', async () => {
    const nowhere = await place.run(program, '--aws-port', '1');
    expect(nowhere).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'nothing answers at http://127.0.0.1:1: start the platform with npm start, or name the folder that it runs on with --dir\n',
    });
  });

  const launched = (...options: readonly string[]): ChildProcess => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../..', program), ...options], {
      env: { ...process.env, TZ: 'UTC', NODE_OPTIONS: '' },
      stdio: 'ignore',
    });
    endsWithUs(child);
    return child;
  };
});
