import {
  clickstreamFaults,
  type FaultDial,
  faultyAnswerKey,
  faultyClickstreamKey,
  faultyLines,
  fixedClock,
  openUniverse,
  someOfEach,
  viewingFaults,
} from '@acme/synthetic';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { aPlace, type Place } from './platform.fixture.ts';

const timeout = 300_000;
const streams = { viewing: 'acme-telemetry-stream', clickstream: 'real-time-analytics-stream' } as const;
type Family = keyof typeof streams;
const bucket = 'acme-telemetry-data-000000000000-us-west-2';
const shaking =
  'kill-before,kill-during,kill-after,function-timeout,duplicate-delivery,dynamodb-error,quarantine-error';
const quietly = ['--rate', '0', '--schedules', 'off'];

describe('enrichment on the running platform', () => {
  let place: Place;
  let kinesis: KinesisClient;
  let s3: S3Client;
  beforeAll(async () => {
    place = await aPlace();
    kinesis = new KinesisClient(place.client);
    s3 = new S3Client({ ...place.client, forcePathStyle: true });
  });
  afterAll(async () => {
    for (const client of [kinesis, s3]) client.destroy();
    await place.close();
  });

  /** Onto a family's stream, twenty lines a record; records that were refused again, as clients do. */
  const put = async (family: Family, lines: readonly string[]): Promise<void> => {
    let records = Array.from({ length: Math.ceil(lines.length / 20) }, (_, at) => ({
      PartitionKey: `key-${at % 40}`,
      Data: Buffer.from(lines.slice(at * 20, at * 20 + 20).join('\n')),
    }));
    while (records.length > 0) {
      const call = records.slice(0, 100);
      const { Records = [] } = await kinesis.send(
        new PutRecordsCommand({ StreamName: streams[family], Records: call }),
      );
      records = [...call.filter((_, at) => Records[at]?.ErrorCode), ...records.slice(100)];
    }
  };
  const load = async (...options: readonly string[]): Promise<void> => {
    const { code, stderr } = await place.run('apps/enricher/cli/load.ts', '--dir', place.dir, ...options);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  };
  const keysUnder = async (Prefix: string): Promise<string[]> => {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix }))
      keys.push(...Contents.map(({ Key = '' }) => Key));
    return keys;
  };
  const quarantined = async (
    consumer: string,
  ): Promise<{ problems: { field: string; reason: string }[]; raw: string }[]> => {
    const lines: string[] = [];
    for (const Key of await keysUnder(`quarantine/${consumer}/`)) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      lines.push(...((await Body?.transformToString()) ?? '').trimEnd().split('\n'));
    }
    return lines.map((line) => JSON.parse(line) as { problems: { field: string; reason: string }[]; raw: string });
  };

  it(
    'has every good event of both streams after faults and kills, each with what is known, and every bad one aside',
    async () => {
      const universe = openUniverse(11);
      // An event without a time is none for the producer; straight on the stream it gets that of its arrival.
      const dials: Record<Family, FaultDial> = { viewing: someOfEach, clickstream: { ...someOfEach, missingField: 0 } };
      const range = { from: 0, count: 1_200 };
      const clock = fixedClock(Date.now());
      const lines = {
        viewing: faultyLines(universe, { ...range, dial: dials.viewing, clock }, viewingFaults),
        clickstream: faultyLines(universe, { ...range, dial: dials.clickstream, clock }, clickstreamFaults),
      };
      const keys = {
        viewing: faultyAnswerKey(universe, { ...range, dial: dials.viewing }),
        clickstream: faultyClickstreamKey(universe, { ...range, dial: dials.clickstream }),
      };

      const first = await place.start(...quietly);
      await load('--seed', '11');
      await first.kill('SIGTERM');
      const second = await place.start(...quietly, '--faults', shaking, '--fault-seed', '5');
      for (const family of ['viewing', 'clickstream'] as const) await put(family, lines[family].slice(0, 800));
      await wait(6_000);
      await second.kill('SIGKILL');
      const third = await place.start(...quietly, '--faults', shaking, '--fault-seed', '6');
      for (const family of ['viewing', 'clickstream'] as const) await put(family, lines[family].slice(700));
      await wait(4_000);
      await third.kill('SIGTERM');
      expect(await place.startToEnd(...quietly, '--for', '1s')).toMatchObject({ code: 0 });

      await place.start(...quietly);
      const sums = await place.sql(`
        SELECT family, COUNT(DISTINCT event_id) AS events,
               COUNT(DISTINCT CASE WHEN customers_lookup = 'hit' AND customer_country IS NOT NULL THEN event_id END) AS known
        FROM enriched_events GROUP BY family ORDER BY family`);
      const of = (family: Family) => ({ family, events: keys[family].land.events, known: keys[family].land.events });
      expect(sums).toEqual([of('clickstream'), of('viewing')]);
      for (const [family, consumer] of [
        ['viewing', 'enricher'],
        ['clickstream', 'clickstream-enricher'],
      ] as const)
        expect(new Set((await quarantined(consumer)).map(({ raw }) => raw)).size).toBe(keys[family].quarantine.total);

      const [key = ''] = await keysUnder('enriched-data/');
      expect(key).toMatch(
        /^enriched-data\/family=clickstream\/year=\d{4}\/month=\d\d\/day=\d\d\/hour=\d\d\/real-time-analytics-stream\.shardId-\d{12}\.\d+-\d+\.ndjson\.gz$/,
      );
    },
    timeout,
  );

  // On the platform that the test before left running.
  it(
    'takes events as the reference system prints them, drops none that nothing is known of, and says so',
    async () => {
      await put('clickstream', [
        '{"event_type": "page_view", "user_id": "user123", "page": "/product/abc123", "session_id": "session_xyz"}',
        '{"event_type": "page_view", "user_id": "cus-000001", "page": "/nowhere"}',
        '{"event_type": "hover", "user_id": "user123"}',
        JSON.stringify({ eventType: 'error', userId: 'user123', errorType: 'js', errorMessage: 'x'.repeat(300_000) }),
      ]);
      let rows: readonly unknown[] = [];
      while (rows.length < 2) {
        await wait(500);
        rows = await place.sql(`
          SELECT user_id, page_url, enrichment_status, customers_lookup, titles_lookup, pages_lookup, page_type,
                 customer_country IS NULL AS unknown
          FROM enriched_events WHERE page_url IN ('/product/abc123', '/nowhere') ORDER BY user_id`);
      }
      const nowhere = { titles_lookup: null, pages_lookup: 'miss', page_type: null };
      expect(rows).toEqual([
        {
          user_id: 'cus-000001',
          page_url: '/nowhere',
          enrichment_status: 'partial',
          customers_lookup: 'hit',
          unknown: false,
          ...nowhere,
        },
        {
          user_id: 'user123',
          page_url: '/product/abc123',
          enrichment_status: 'none',
          customers_lookup: 'miss',
          unknown: true,
          ...nowhere,
        },
      ]);
      const reasons = (await quarantined('clickstream-enricher'))
        .filter(({ raw }) => Buffer.from(raw, 'base64').toString('utf8').includes('user123'))
        .map(({ problems }) => problems.map(({ field, reason }) => `${field} ${reason}`).join('; '));
      expect(reasons.sort()).toEqual([
        '(event) must be at most 262144 bytes long',
        expect.stringContaining('eventType must be one of page_view, purchase'),
      ]);
    },
    timeout,
  );
});
