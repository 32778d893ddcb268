// What enricher:repair does to enriched objects, on the laptop's S3 and DynamoDB.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnrichedEvent, clickstreamRow, type EventRow, type Family } from '@acme/telemetry-schema';
import { clickstreamEvents, fixedClock, openUniverse, viewingEvents } from '@acme/synthetic';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadRows } from '../../../../apps/enricher/load/load-rows.ts';
import { lookupTable } from '../../../../apps/enricher/load/lookup-table.ts';
import { readRows } from '../../../../apps/enricher/load/read-rows.ts';
import { universeLines } from '../../../../apps/enricher/load/universe-lines.ts';
import { type DimensionName, dimensions } from '../../../../apps/enricher/src/dimensions/index.ts';
import { enrich } from '../../../../apps/enricher/src/enrich.ts';
import { batchGet } from '../../../../apps/enricher/src/lookup/batch-get.ts';
import { lookingUp } from '../../../../apps/enricher/src/lookup/look-up.ts';
import { repair, type Repair } from '../../../../apps/enricher/src/repair/repair.ts';
import { rowsOf } from '../../../../apps/enricher/src/repair/rows-of.ts';
import { hourObjects } from '../../../../apps/enricher/src/sink/hour-objects.ts';
import { putInto, putRows } from '../../../../apps/enricher/src/sink/put-rows.ts';
import { servedAlone } from '../aws/served-alone.ts';
import { openS3 } from '../s3/s3.ts';
import { someLookupTables, type SomeLookupTables } from './some-lookup-tables.fixture.ts';

jest.setTimeout(60_000);

const universe = openUniverse(7, { customers: 40, titles: 30 });
const at = Date.UTC(2026, 10, 21, 9, 20);
const range = { from: 0, count: 300, clock: fixedClock(at) };
const events: Readonly<Record<Family, readonly EventRow[]>> = {
  viewing: viewingEvents(universe, range),
  clickstream: clickstreamEvents(universe, range).map(clickstreamRow),
};
const batch = (family: Family) =>
  [
    {
      id: family,
      key: 'k',
      position: { source: `${family}-stream`, shard: 'shardId-000000000000', sequence: '1' },
      arrivedAtMs: at,
      bytes: Buffer.alloc(0),
    },
  ] as const;
const patience = { backoff: (attempt: number) => (attempt > 5 ? undefined : 1), wait: async () => undefined };

let dir: string;
let served: Awaited<ReturnType<typeof servedAlone>>;
let s3: S3Client;
let tables: SomeLookupTables;
let createBucket: (name: string) => void;
let bucket = 'lake-0';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'acme-repair-'));
  const store = await openS3({ dir });
  createBucket = (name) => store.createBucket(name);
  served = await servedAlone(store.service);
  s3 = new S3Client(served.client);
});
beforeEach(async () => {
  createBucket((bucket = bucket.replace(/\d+/, (number) => String(Number(number) + 1))));
  tables = await someLookupTables();
});
afterEach(() => tables.close());
afterAll(async () => {
  s3.destroy();
  await served.close();
  rmSync(dir, { recursive: true });
});

/** Lookups as a process that has just begun has them. */
const anew = () => ({
  ...patience,
  lookUp: lookingUp(batchGet(tables.client, new Map(dimensions.map(({ name, tableName }) => [name, tableName]))), {
    entries: 1_000,
    hitMs: 60_000,
    missMs: 60_000,
  }),
});
const load = async (name: DimensionName, edition: { version?: number; freshUntil?: number } = {}) => {
  const dimension = dimensions.find((one) => one.name === name) as (typeof dimensions)[number];
  const rows = await readRows(name, dimension, universeLines(name, 7));
  const table = lookupTable(tables.client, dimension.tableName);
  // The lake's events are of a smaller universe, whose customers and titles are the first of these.
  await loadRows({ source: name, rows: rows.slice(0, 60), table, ...edition });
};
const land = async (family: Family) => {
  const { rows } = await enrich(events[family], anew());
  await putRows(hourObjects(family, batch(family), rows), putInto(s3, bucket), patience);
  return rows;
};
const keys = async () =>
  ((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ Key = '' }) => Key);
const rowsIn = async (Key: string): Promise<EnrichedEvent[]> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return rowsOf(Key, (await Body?.transformToByteArray()) as Uint8Array);
};
const landed = async (): Promise<EnrichedEvent[]> => (await Promise.all((await keys()).map(rowsIn))).flat();
const byId = (rows: readonly EnrichedEvent[]) => new Map(rows.map((row) => [row.event_id, row]));
const repairing = (options: Partial<Repair> & { readonly client?: S3Client } = {}) =>
  repair({ s3: options.client ?? s3, bucket }, { ...anew(), ...options });

/** A client that does something before each PutObject. */
const before = (put: (count: number) => Promise<void>): S3Client => {
  const client = new S3Client(served.client);
  let count = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'PutObjectCommand') await put((count += 1));
        return next(args);
      },
    { step: 'initialize' },
  );
  return client;
};
const loadAll = async () => {
  for (const { name } of dimensions) await load(name);
};

describe('repair', () => {
  it('gives events what has arrived since, each once, in the objects that they were in', async () => {
    await land('viewing');
    await land('clickstream');
    const names = await keys();
    expect((await landed()).every(({ enrichment_status }) => enrichment_status === 'none')).toBe(true);

    await load('customers');
    const first = await repairing();
    expect(first).toMatchObject({ objects: names.length, rewritten: names.length, events: 600, repaired: 600 });
    expect(first.hits).toEqual({ customers: 600 });
    expect(first.lacking).toBeGreaterThan(0);

    await load('titles');
    await load('pages');
    const second = await repairing();
    expect([Object.keys(second.hits).sort(), second.problems]).toEqual([['pages', 'titles'], []]);

    const repaired = byId(await landed());
    expect([await keys(), repaired.size]).toEqual([names, 600]);
    const inTime = [...(await enrich([...events.viewing, ...events.clickstream], anew())).rows];
    expect(repaired).toEqual(byId(inTime));
  });

  it('changes nothing when it is run again', async () => {
    await land('clickstream');
    await loadAll();
    await repairing();
    const etags = async () =>
      ((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ ETag }) => ETag);
    const whole = await etags();
    expect(await repairing()).toMatchObject({ rewritten: 0, repaired: 0, hits: {} });
    expect(await etags()).toEqual(whole);
  });

  it('leaves what was known when an event came', async () => {
    await load('customers');
    const rows = byId(await land('viewing'));
    await load('titles');
    const moved = dimensions[0];
    const [row] = await readRows('customers', moved, universeLines('customers', 7));
    if (row)
      await loadRows({
        source: 'customers',
        rows: [{ ...row, row: { ...row.row, country: 'ZZ' } }],
        table: lookupTable(tables.client, moved.tableName),
      });
    await repairing();
    for (const { event_id, customer_country, customers_version, titles_lookup } of await landed())
      expect([customer_country, customers_version, titles_lookup]).toEqual([
        rows.get(event_id)?.customer_country,
        1,
        'hit',
      ]);
  });

  it('goes on where it was killed', async () => {
    await land('viewing');
    await land('clickstream');
    await loadAll();
    const killed = before(async (count) => {
      if (count > 1) throw new TypeError('killed');
    });
    await expect(repairing({ client: killed })).rejects.toThrow('killed');
    const half = (await landed()).filter(({ enrichment_status }) => enrichment_status === 'complete').length;
    expect([half > 0, half < 600]).toEqual([true, true]);
    expect(await repairing()).toMatchObject({ events: 600, repaired: 600 - half, lacking: 0 });
    expect(byId(await landed()).size).toBe(600);
  });

  it('never overwrites what the function writes at the same time, but reads it again', async () => {
    await land('viewing');
    await loadAll();
    // The object is written anew, with one event less, while repair has the old one in hand.
    const racing = before(async (count) => {
      if (count > 1) return;
      const [key = ''] = await keys();
      await putRows([{ key, rows: (await rowsIn(key)).slice(1) }], putInto(s3, bucket), patience);
    });
    const { events: read, problems } = await repairing({ client: racing });
    expect([read, problems]).toEqual([299, []]);
    const rows = await landed();
    expect(rows.map(({ enrichment_status }) => enrichment_status)).toEqual(rows.map(() => 'complete'));
    expect(rows).toHaveLength(299);
  });

  it('keeps what is out of date until it is renewed', async () => {
    await load('titles', { freshUntil: at / 1000 - 86_400 });
    await load('customers');
    await land('viewing');
    const stale = await landed();
    expect(stale.every(({ titles_lookup, title_name }) => titles_lookup === 'stale' && title_name)).toBe(true);
    expect(await repairing()).toMatchObject({ repaired: 0, lacking: 300 });
    expect(await landed()).toEqual(stale);
    await load('titles', { version: 2, freshUntil: at / 1000 + 86_400 });
    expect(await repairing()).toMatchObject({ repaired: 300, lacking: 0, hits: { titles: 300 } });
    for (const { titles_version, enrichment_status } of await landed())
      expect([titles_version, enrichment_status]).toEqual([2, 'complete']);
  });

  it('looks only at the hours that it is told', async () => {
    await land('viewing');
    await loadAll();
    const hours = [...new Set((await keys()).map((key) => /hour=(\d\d)/.exec(key)?.[1]))];
    const hour = `2026-11-21T${hours.at(-1)}`;
    const { objects } = await repairing({ from: hour, to: hour });
    expect(objects).toBe(1);
    expect(await repairing({ from: '2026-11-22T00' })).toMatchObject({ objects: 0 });
    expect(await repairing({ to: '2026-11-20T00' })).toMatchObject({ objects: 0 });
    const rows = await landed();
    for (const { event_timestamp, enrichment_status } of rows)
      expect(enrichment_status).toBe(event_timestamp.startsWith(hour) ? 'complete' : 'none');
  });

  it('names an object that is none, leaves it as it is, and repairs the others', async () => {
    await land('viewing');
    await loadAll();
    const Key = 'enriched-data/family=viewing/year=2026/month=11/day=21/hour=00/other.ndjson.gz';
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'secret text' }));
    const { problems, lacking } = await repairing();
    expect([problems, lacking]).toEqual([[`${Key}: it is no gzip; the object is left as it is`], 0]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(await Body?.transformToString()).toBe('secret text');
  });

  it('says when no lookup table is there, and leaves every object as it was', async () => {
    await land('viewing');
    const rows = await landed();
    const missing = lookingUp(batchGet(tables.client, new Map(dimensions.map(({ name }) => [name, 'nowhere']))), {
      entries: 10,
      hitMs: 1,
      missMs: 1,
    });
    await expect(repairing({ lookUp: missing })).rejects.toThrow(/lookup tables .*nowhere.* is missing/);
    expect(await landed()).toEqual(rows);
  });
});
