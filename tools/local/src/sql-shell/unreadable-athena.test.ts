import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anAthena } from '@acme/laptop-aws/testing';
import { columnsOf, goodLine } from './bad-objects.fixture.ts';

const table = 'streaming_events';

describe('Athena on objects that cannot be read', () => {
  let athena: Awaited<ReturnType<typeof anAthena>>;
  beforeEach(async () => {
    athena = await anAthena();
    athena.lake.table('events', columnsOf(table), ['hour'], { bearsBadLines: true });
    await put('09', 'good', gzipSync(goodLine(table, 'good')));
  });
  afterEach(() => athena.close());

  /** As anybody with a key does. */
  const put = (hour: string, name: string, bytes: Buffer): Promise<unknown> =>
    athena.s3.put('lake', `events/hour=${hour}/${name}.gz`, bytes);
  const torn = gzipSync(goodLine(table, 'torn')).subarray(0, -5);

  it('takes a line that is no row for a row of NULLs', async () => {
    await put('09', 'bad', gzipSync(`garbage\n${goodLine(table, 'neighbour')}{"event_id":"a","event_id":"b"}\n`));
    expect(await athena.ask('SELECT event_id FROM events ORDER BY event_id')).toEqual([
      ['event_id'],
      ['good'],
      ['neighbour'],
      [undefined],
      [undefined],
    ]);
    expect(await athena.ask('SELECT COUNT(*) AS events FROM events WHERE event_id IS NOT NULL')).toEqual([
      ['events'],
      ['2'],
    ]);
  });

  it('fails on an object that is broken as a whole, names it, and says what to do, which works', async () => {
    await put('09', 'torn', torn);
    const url = 's3://lake/events/hour=09/torn.gz';
    const { Status } = await athena.run('SELECT event_id FROM events');
    expect([Status?.State, Status?.StateChangeReason]).toEqual([
      'FAILED',
      `HIVE_CURSOR_ERROR: ${url}: its gzip is cut off. Move it out of the folder of events, or leave it out with "$path" <> '${url}'.`,
    ]);
    const unloaded = await athena.run(
      `UNLOAD (SELECT event_id FROM events) TO 's3://lake/out/' WITH (format = 'PARQUET')`,
    );
    expect(unloaded.Status?.StateChangeReason).toBe(Status?.StateChangeReason);
    expect(await athena.ask(`SELECT event_id FROM events WHERE "$path" <> '${url}'`)).toEqual([['event_id'], ['good']]);
    expect(await athena.ask(`SELECT event_id FROM events WHERE "$path" NOT IN ('${url}', 's3://lake/x')`)).toEqual([
      ['event_id'],
      ['good'],
    ]);
  });

  it('is not troubled by a broken object of another hour', async () => {
    await put('10', 'torn', torn);
    expect(await athena.ask("SELECT event_id FROM events WHERE hour = '09'")).toEqual([['event_id'], ['good']]);
  });
});
