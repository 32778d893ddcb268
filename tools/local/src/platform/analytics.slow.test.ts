import {
  clickstreamFaults,
  type FaultDial,
  faultyClickstreamKey,
  faultyLines,
  fixedClock,
  openUniverse,
  someOfEach,
} from '@acme/synthetic';
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { S3Client, GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { aPlace, type Place } from './platform.fixture.ts';

const timeout = 300_000;
const StreamName = 'real-time-analytics-stream';
const bucket = 'acme-telemetry-data-000000000000-us-west-2';
const shaking =
  'kill-before,kill-during,kill-after,function-timeout,duplicate-delivery,dynamodb-error,quarantine-error';

describe('real-time analytics on the running platform', () => {
  let place: Place;
  let dynamoDb: DynamoDBClient;
  let kinesis: KinesisClient;
  let s3: S3Client;
  beforeAll(async () => {
    place = await aPlace();
    dynamoDb = new DynamoDBClient(place.client);
    kinesis = new KinesisClient(place.client);
    s3 = new S3Client({ ...place.client, forcePathStyle: true });
  });
  afterAll(async () => {
    for (const client of [dynamoDb, kinesis, s3]) client.destroy();
    await place.close();
  });

  /** Onto the stream, twenty lines a record; records that were refused again, as clients do. */
  const put = async (lines: readonly string[]): Promise<void> => {
    let records = Array.from({ length: Math.ceil(lines.length / 20) }, (_, at) => ({
      PartitionKey: `key-${at % 40}`,
      Data: Buffer.from(lines.slice(at * 20, at * 20 + 20).join('\n')),
    }));
    while (records.length > 0) {
      const call = records.slice(0, 100);
      const { Records = [] } = await kinesis.send(new PutRecordsCommand({ StreamName, Records: call }));
      records = [...call.filter((_, at) => Records[at]?.ErrorCode), ...records.slice(100)];
    }
  };
  const itemsOf = async (TableName: string): Promise<Record<string, AttributeValue>[]> => {
    const found = [];
    for await (const { Items = [] } of paginateScan({ client: dynamoDb }, { TableName })) found.push(...Items);
    return found;
  };
  /** A counter of all windows of a granularity, by what comes after its prefix. */
  const totals = async (granularity: 'minute' | 'hour', subject: RegExp, counter: RegExp) => {
    const sums: Record<string, number> = {};
    for (const { window, subject: { S = '' } = {}, ...counters } of await itemsOf('analytics-aggregates')) {
      const about = subject.exec(S);
      if (!about) continue;
      for (const [key, { N }] of Object.entries(counters)) {
        // A page's minutes lie in the item of its hour.
        const [, name = key] = /^\d\d\|(.*)$/.exec(key) ?? [];
        if (!(name === key ? window?.S : 'minute')?.startsWith(granularity)) continue;
        const what = counter.exec(name)?.[1];
        if (what !== undefined) sums[about[1] ?? what] = (sums[about[1] ?? what] ?? 0) + Number(N);
      }
    }
    return sums;
  };
  const quarantined = async (): Promise<{ problems: { field: string; reason: string }[]; raw: string }[]> => {
    const lines: string[] = [];
    const Prefix = 'quarantine/analytics/';
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix })) {
      for (const { Key } of Contents) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        lines.push(...((await Body?.transformToString()) ?? '').trimEnd().split('\n'));
      }
    }
    return lines.map((line) => JSON.parse(line) as { problems: { field: string; reason: string }[]; raw: string });
  };

  it(
    'equals the answer key after faults, kills, and all events shuffled and sent twice',
    async () => {
      const universe = openUniverse(11);
      // An event without a time is none for the producer; straight on the stream it gets that of its arrival.
      const dial: FaultDial = { ...someOfEach, missingField: 0 };
      const range = { from: 0, count: 3_000 };
      const lines = faultyLines(universe, { ...range, dial, clock: fixedClock(Date.now()) }, clickstreamFaults);
      const { land, quarantine } = faultyClickstreamKey(universe, { ...range, dial });
      // The key is in hundredths; a yen has none.
      const { JPY = 0 } = land.revenueByCurrency;
      const revenue = { ...land.revenueByCurrency, JPY: JPY / 100 };

      const first = await place.start('--rate', '0', '--schedules', 'off', '--faults', shaking, '--fault-seed', '5');
      await put(lines.slice(0, 2_000));
      await wait(7_000);
      await first.kill('SIGKILL');
      const second = await place.start('--rate', '0', '--schedules', 'off', '--faults', shaking, '--fault-seed', '6');
      await put(lines.slice(1_800));
      await put(
        lines
          .map((line, at) => [line, (at * 7_919) % 3_001] as const)
          .sort((a, b) => a[1] - b[1])
          .map(([line]) => line),
      );
      await wait(5_000);
      await second.kill('SIGTERM');
      expect(await place.startToEnd('--rate', '0', '--schedules', 'off', '--for', '1s')).toMatchObject({ code: 0 });

      await place.start('--rate', '0', '--schedules', 'off');
      expect(await itemsOf('analytics-results')).toHaveLength(land.events);
      for (const granularity of ['minute', 'hour'] as const) {
        expect(await totals(granularity, /^all$/, /^(events)$/)).toEqual({ events: land.events });
        expect(await totals(granularity, /^all$/, /^type#(.*)$/)).toEqual(land.byType);
        expect(await totals(granularity, /^all$/, /^device#(.*)$/)).toEqual(land.byDevice);
        expect(await totals(granularity, /^page#(.*)$/, /^type#(page_view)$/)).toEqual(land.byPage);
        expect(await totals(granularity, /^all$/, /^purchases#(.*)$/)).toEqual(land.purchasesByCurrency);
        expect(await totals(granularity, /^all$/, /^revenue#(.*)$/)).toEqual(revenue);
      }
      expect(new Set((await quarantined()).map(({ raw }) => raw)).size).toBe(quarantine.total);

      const hour = (hoursFromNow: number): string =>
        new Date(Date.now() + hoursFromNow * 3_600_000).toISOString().slice(0, 13);
      const hours = ['--from', hour(-12), '--to', hour(1)];
      expect(await place.run('apps/analytics/cli/rebuild.ts', '--dir', place.dir, ...hours)).toEqual({
        code: 0,
        stdout: expect.stringMatching(/^13 hours, [1-9][\d,]+ events in the lake, drift 0\n$/),
        stderr: '',
      });
    },
    timeout,
  );

  // On the platform that the test before left running.
  it(
    'takes events as the reference systems print them, and puts aside with a reason what is none',
    async () => {
      const purchase = { eventType: 'purchase', userId: 'odd', amount: 99.99, currency: 'USD' };
      await put([
        '{"eventType":"page_view","userId":"odd-user_1234","timestamp":"2024-01-01T12:00:00Z","pageUrl":"/home","loadTime":1200}',
        '{"event_type": "page_view", "user_id": "odd-user123", "page": "/product/abc123", "session_id": "session_xyz"}',
        '{"EVENT_TYPE":"ADD_TO_CART","USER_ID":"odd-u-1","PRODUCT_ID":"p-7"}',
        JSON.stringify({ ...purchase, currency: 'QQQ' }),
        JSON.stringify({ ...purchase, eventType: 'odd-type' }),
        JSON.stringify({ ...purchase, amount: -1, odd: 1 }),
        JSON.stringify({ ...purchase, odd: 2 }).replace('99.99', 'NaN'),
        JSON.stringify({ eventType: 'error', userId: 'odd', errorType: 'js', errorMessage: 'x'.repeat(300_000) }),
      ]);
      let odd: Record<string, AttributeValue>[] = [];
      while (odd.length < 4) {
        await wait(500);
        odd = (await itemsOf('analytics-results')).filter(({ userId }) => userId?.S?.startsWith('odd'));
      }
      expect(odd.map(({ eventType, userId }) => `${userId?.S} ${eventType?.S}`).sort()).toEqual([
        'odd purchase',
        'odd-u-1 add_to_cart',
        'odd-user123 page_view',
        'odd-user_1234 page_view',
      ]);
      expect(odd.find(({ userId }) => userId?.S === 'odd-user_1234')).toMatchObject({
        timestamp: { S: '2024-01-01T12:00:00.000Z' },
        metrics: { M: { page: { S: '/home' }, loadTime: { N: '1200' }, loadTimeClass: { S: 'good' } } },
      });
      const reasons = (await quarantined())
        .filter(({ raw }) => Buffer.from(raw, 'base64').toString('utf8').includes('"odd'))
        .map(({ problems }) => problems.map(({ field, reason }) => `${field} ${reason}`).join('; '));
      expect(reasons.sort()).toEqual([
        '(event) must be at most 262144 bytes long',
        '(event) must be valid JSON',
        'amount must be at least 0',
        expect.stringContaining('eventType must be one of page_view, purchase'),
      ]);
    },
    timeout,
  );
});
