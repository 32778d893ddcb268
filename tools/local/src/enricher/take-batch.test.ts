// What the enricher makes of a batch, in the laptop's S3.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { batchesOf, ledgerOf } from '@acme/lambda-kit';
import { transports } from '@acme/lambda-kit/testing';
import { openS3, servedAlone } from '@acme/laptop-aws/testing';
import { aClickstreamEvent, aViewingEvent } from '@acme/telemetry-schema/testing';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UnknownStreamError } from '../../../../apps/enricher/src/families.ts';
import type { BatchGet } from '../../../../apps/enricher/src/lookup/batch-get.ts';
import { lookingUp } from '../../../../apps/enricher/src/lookup/look-up.ts';
import { someItems, tablesOf } from '../../../../apps/enricher/src/lookup/some-lookups.fixture.ts';
import { putInto } from '../../../../apps/enricher/src/sink/put-rows.ts';
import { takeBatch } from '../../../../apps/enricher/src/take-batch.ts';

const bucket = 'lake';
const arrivedAtMs = Date.UTC(2026, 10, 21, 12);
const viewing = (event_id: string, event_timestamp = '2026-11-21T09:30:00Z') =>
  JSON.stringify(aViewingEvent({ event_id, event_timestamp }));
const bad = [
  JSON.stringify({ ...aViewingEvent(), event_type: 'hover' }),
  JSON.stringify({ ...aViewingEvent(), session_id: 'x'.repeat(300_000) }),
  'no json',
];

describe.each(transports)('takeBatch on %s', (_, aBatch) => {
  let dir: string;
  let s3: S3Client;
  let close: () => Promise<void>;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'acme-enricher-'));
    const store = await openS3({ dir });
    store.createBucket(bucket);
    const server = await servedAlone(store.service);
    s3 = new S3Client({ ...server.client, forcePathStyle: true });
    close = async () => {
      s3.destroy();
      await server.close();
      await rm(dir, { recursive: true, force: true });
    };
  });
  afterEach(() => close());

  const take = async (
    lines: readonly string[],
    get: BatchGet = tablesOf(someItems()).get,
    stream = 'VIEWING_STREAM',
  ) => {
    const patience = { backoff: () => undefined, wait };
    const [batch] = batchesOf(aBatch(lines, { arrivedAtMs }));
    if (!batch) throw new Error('there is no batch');
    await takeBatch(batch, {
      ...patience,
      streams: { [stream]: 'acme-telemetry-stream' },
      lookUp: lookingUp(get, { entries: 100, hitMs: 1000, missMs: 1000 }),
      put: putInto(s3, bucket),
      bucket,
      quarantine: { s3, bucket },
      writeLedger: ledgerOf(s3, bucket, patience),
    });
  };
  const objects = async (): Promise<Record<string, Buffer>> => {
    const found: Record<string, Buffer> = {};
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
      for (const { Key = '' } of Contents) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        found[Key] = Buffer.from((await Body?.transformToByteArray()) ?? []);
      }
    }
    return found;
  };
  const rowsIn = (found: Record<string, Buffer>, prefix: string): Record<string, unknown>[] =>
    Object.entries(found)
      .filter(([key]) => key.startsWith(prefix))
      .flatMap(([, bytes]) => gunzipSync(bytes).toString('utf8').trimEnd().split('\n'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('writes good events by hour, puts bad ones aside with their reasons, and then says so in the ledger', async () => {
    await take([`${viewing('a')}\n${bad[0]}`, bad[1] as string, `${bad[2]}\n${viewing('b', '2026-11-21T10:00:00Z')}`]);
    const found = await objects();
    const hours = Object.keys(found).flatMap((key) => /^enriched-data\/.*hour=(\d\d)/.exec(key)?.[1] ?? []);
    expect(hours).toEqual(['09', '10']);
    expect(rowsIn(found, 'enriched-data/family=viewing/year=2026/month=11/day=21/')).toMatchObject([
      { event_id: 'a', enrichment_status: 'complete', customer_country: 'DE', title_genre: 'drama' },
      { event_id: 'b', enrichment_status: 'complete' },
    ]);
    const aside = Object.entries(found)
      .find(([key]) => key.startsWith('quarantine/enricher/'))?.[1]
      .toString('utf8');
    const refused = (aside ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { class: string; raw: string });
    expect(refused.map((one) => [one.class, Buffer.from(one.raw, 'base64').toString('utf8')])).toEqual([
      ['schema', bad[0]],
      ['oversize', bad[1]],
      ['undecodable', bad[2]],
    ]);
    const entry = Object.entries(found).find(([key]) => key.startsWith('ledger/enricher/'))?.[1] as Buffer;
    expect(JSON.parse(zstdDecompressSync(entry).toString('utf8'))).toMatchObject({
      consumer: 'enricher',
      in: 5,
      good: 2,
      bad: 3,
      duplicate: 0,
      wrote: { to: bucket, rows: 2 },
      records: [
        { in: 2, bad: 1, ids: ['a'] },
        { in: 1, bad: 1, ids: [] },
        { in: 2, bad: 1, ids: ['b'] },
      ],
    });
  });

  it('leaves the very same objects when a batch comes again', async () => {
    const lines = [viewing('a'), `${viewing('b')}\n${bad[0]}`];
    await take(lines);
    const first = await objects();
    await take(lines);
    expect(await objects()).toEqual(first);
  });

  it('writes nothing of a batch whose lookups are held back', async () => {
    await expect(take([viewing('a'), bad[0] as string], async (asked) => ({ items: [], left: asked }))).rejects.toThrow(
      '2 keys of customers, titles could not be looked up before the deadline',
    );
    expect(await objects()).toEqual({});
  });

  it('reads the clickstream in any spelling, under a name of its own', async () => {
    const { eventType, userId } = aClickstreamEvent('page_view');
    await take(
      [JSON.stringify({ EVENT_TYPE: eventType, USER_ID: userId, PAGE: '/home' }), '{"event_type":"hover"}'],
      undefined,
      'CLICKSTREAM_STREAM',
    );
    const found = await objects();
    expect(rowsIn(found, 'enriched-data/family=clickstream/')).toMatchObject([
      { user_id: userId, page_url: '/home', page_type: 'home', enrichment_status: 'complete' },
    ]);
    expect(Object.keys(found).map((key) => key.split('/').slice(0, 2).join('/'))).toEqual([
      'enriched-data/family=clickstream',
      'ledger/clickstream-enricher',
      'quarantine/clickstream-enricher',
    ]);
  });

  it('takes no records of a stream that nobody has said the family of', async () => {
    await expect(take([viewing('a')], undefined, 'OTHER')).rejects.toThrow(UnknownStreamError);
  });
});
