// What enricher:repair does to enriched objects, on the laptop's S3 and DynamoDB.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { EnrichedEvent } from '@acme/telemetry-schema';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadRows } from '../../../../apps/enricher/load/load-rows.ts';
import { lookupTable } from '../../../../apps/enricher/load/lookup-table.ts';
import { readRows } from '../../../../apps/enricher/load/read-rows.ts';
import { universeLines } from '../../../../apps/enricher/load/universe-lines.ts';
import { dimensions } from '../../../../apps/enricher/src/dimensions/index.ts';
import { enrich } from '../../../../apps/enricher/src/enrich.ts';
import { type AnEnrichedLake, anEnrichedLake, bucket, events, happenedAtMs } from './an-enriched-lake.fixture.ts';

const byId = (rows: readonly EnrichedEvent[]) => new Map(rows.map((row) => [row.event_id, row]));

describe('repair', () => {
  let lake: AnEnrichedLake;
  beforeEach(async () => {
    lake = await anEnrichedLake();
  });
  afterEach(() => lake.close());

  it('gives events what has arrived since, each once, in the objects that they were in', async () => {
    await lake.land('viewing');
    await lake.land('clickstream');
    const names = await lake.keys();
    expect((await lake.landed()).every(({ enrichment_status }) => enrichment_status === 'none')).toBe(true);

    await lake.load('customers');
    const first = await lake.repairing();
    expect(first).toMatchObject({ objects: names.length, rewritten: names.length, events: 600, repaired: 600 });
    expect(first.hits).toEqual({ customers: 600 });
    expect(first.lacking).toBeGreaterThan(0);

    await lake.load('titles');
    await lake.load('pages');
    const second = await lake.repairing();
    expect([Object.keys(second.hits).sort(), second.problems]).toEqual([['pages', 'titles'], []]);

    const repaired = byId(await lake.landed());
    expect([await lake.keys(), repaired.size]).toEqual([names, 600]);
    const inTime = [...(await enrich([...events.viewing, ...events.clickstream], lake.anew())).rows];
    expect(repaired).toEqual(byId(inTime));
  });

  it('changes nothing when it is run again', async () => {
    await lake.land('clickstream');
    await lake.loadAll();
    await lake.repairing();
    const whole = await lake.etags();
    expect(await lake.repairing()).toMatchObject({ rewritten: 0, repaired: 0, hits: {} });
    expect(await lake.etags()).toEqual(whole);
  });

  it('leaves what was known when an event came', async () => {
    await lake.load('customers');
    const rows = byId(await lake.land('viewing'));
    await lake.load('titles');
    const moved = dimensions[0];
    const [row] = await readRows('customers', moved, universeLines('customers', 7));
    if (row)
      await loadRows({
        source: 'customers',
        rows: [{ ...row, row: { ...row.row, country: 'ZZ' } }],
        table: lookupTable(lake.tables.client, moved.tableName),
      });
    await lake.repairing();
    for (const { event_id, customer_country, customers_version, titles_lookup } of await lake.landed())
      expect([customer_country, customers_version, titles_lookup]).toEqual([
        rows.get(event_id)?.customer_country,
        1,
        'hit',
      ]);
  });

  it('goes on where it was killed', async () => {
    await lake.land('viewing');
    await lake.land('clickstream');
    await lake.loadAll();
    const killed = lake.before(async (count) => {
      if (count > 1) throw new TypeError('killed');
    });
    await expect(lake.repairing({ client: killed })).rejects.toThrow('killed');
    const half = (await lake.landed()).filter(({ enrichment_status }) => enrichment_status === 'complete').length;
    expect([half > 0, half < 600]).toEqual([true, true]);
    expect(await lake.repairing()).toMatchObject({ events: 600, repaired: 600 - half, lacking: 0 });
    expect(byId(await lake.landed()).size).toBe(600);
  });

  it('never overwrites what the function writes at the same time, but reads it again', async () => {
    await lake.land('viewing');
    await lake.loadAll();
    // The object is written anew, with one event less, while repair has the old one in hand.
    const racing = lake.before(async (count, key) => {
      if (count > 1) return;
      await lake.put(key, (await lake.rowsIn(key)).slice(1));
    });
    const { events: read, problems } = await lake.repairing({ client: racing });
    expect([read, problems]).toEqual([299, []]);
    const rows = await lake.landed();
    expect(rows.map(({ enrichment_status }) => enrichment_status)).toEqual(rows.map(() => 'complete'));
    expect(rows).toHaveLength(299);
  });

  it('keeps what is out of date until it is renewed', async () => {
    await lake.load('titles', { freshUntil: happenedAtMs / 1000 - 86_400 });
    await lake.load('customers');
    await lake.land('viewing');
    const stale = await lake.landed();
    expect(stale.every(({ titles_lookup, title_name }) => titles_lookup === 'stale' && title_name)).toBe(true);
    expect(await lake.repairing()).toMatchObject({ repaired: 0, lacking: 300 });
    expect(await lake.landed()).toEqual(stale);
    await lake.load('titles', { version: 2, freshUntil: happenedAtMs / 1000 + 86_400 });
    expect(await lake.repairing()).toMatchObject({ repaired: 300, lacking: 0, hits: { titles: 300 } });
    for (const { titles_version, enrichment_status } of await lake.landed())
      expect([titles_version, enrichment_status]).toEqual([2, 'complete']);
  });

  it('looks only at the hours that it is told', async () => {
    await lake.land('viewing');
    await lake.loadAll();
    const hours = [...new Set((await lake.keys()).map((key) => /hour=(\d\d)/.exec(key)?.[1]))];
    const hour = `2026-11-21T${hours.at(-1)}`;
    const { objects } = await lake.repairing({ from: hour, to: hour });
    expect(objects).toBe(1);
    expect(await lake.repairing({ from: '2026-11-22T00' })).toMatchObject({ objects: 0 });
    expect(await lake.repairing({ to: '2026-11-20T00' })).toMatchObject({ objects: 0 });
    const rows = await lake.landed();
    for (const { event_timestamp, enrichment_status } of rows)
      expect(enrichment_status).toBe(event_timestamp.startsWith(hour) ? 'complete' : 'none');
  });

  it('names an object that is none, leaves it as it is, and repairs the others', async () => {
    await lake.land('viewing');
    await lake.loadAll();
    const Key = 'enriched-data/family=viewing/year=2026/month=11/day=21/hour=00/other.ndjson.gz';
    await lake.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'secret text' }));
    const { problems, lacking } = await lake.repairing();
    expect([problems, lacking]).toEqual([[`${Key}: it is no gzip, as its name says; the object is left as it is`], 0]);
    const { Body } = await lake.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(await Body?.transformToString()).toBe('secret text');
  });

  it('repairs the events beside lines that cannot be read, names these and leaves them as they are', async () => {
    await lake.land('viewing');
    const [key = ''] = await lake.keys();
    const good = await lake.rowsIn(key);
    const bad = [
      '{"event_id":"a1","event_id":"a2"}',
      `{"event_id":"deep","x":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`,
      JSON.stringify({ ...good[0], event_id: 'unfit', enrichment_status: 'whatever' }),
      'garbage',
    ];
    const lines = [...good.map((row) => JSON.stringify(row))];
    lines.splice(1, 0, ...bad);
    await lake.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: gzipSync(lines.join('\n')) }));
    await lake.loadAll();

    const reasons = [
      'the key event_id stands twice',
      'it is nested more than 64 levels deep',
      expect.stringMatching(/^enrichment_status /),
      'it is no JSON',
    ];
    for (const rewritten of [(await lake.keys()).length, 0]) {
      const { problems, lacking, ...sums } = await lake.repairing();
      expect([sums.rewritten, lacking]).toEqual([rewritten, 0]);
      expect(
        problems.map((problem) => /^(.*) (line \d): (.*); the line is left as it is$/s.exec(problem)?.slice(1)),
      ).toEqual(reasons.map((reason, at) => [key, `line ${at + 2}`, reason]));
    }
    const { Body } = await lake.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const after = gunzipSync((await Body?.transformToByteArray()) as Uint8Array)
      .toString('utf8')
      .split('\n');
    expect(after.slice(1, 5)).toEqual(bad);
    expect((await lake.rowsIn(key)).map(({ event_id, enrichment_status }) => [event_id, enrichment_status])).toEqual(
      good.map(({ event_id }) => [event_id, 'complete']),
    );
  });

  it('says when no lookup table is there, and leaves every object as it was', async () => {
    await lake.land('viewing');
    const rows = await lake.landed();
    const { lookUp: missing } = lake.anew(() => 'nowhere');
    await expect(lake.repairing({ lookUp: missing })).rejects.toThrow(/lookup tables .*nowhere.* is missing/);
    expect(await lake.landed()).toEqual(rows);
  });
});
