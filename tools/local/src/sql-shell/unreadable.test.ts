import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findingLines } from '@acme/lambda-kit/rows';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { badObjects, columnsOf, goodLine, linesTables } from './bad-objects.fixture.ts';
import { objectsFolder, queryLake, streamLake } from '@acme/laptop-aws/sql';
import { aLake } from '@acme/laptop-aws/testing';

const folder = 'year=2026/month=11/day=21/hour=09';
const keys = ['year', 'month', 'day', 'hour'];

describe('a statement on objects that cannot be read', () => {
  let dir: string;
  let lake: ReturnType<typeof aLake>;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'unreadable-'));
    lake = aLake(dir);
    for (const table of linesTables) lake.table(table, columnsOf(table), keys, { bearsBadLines: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const idsIn = async (sql: string) => {
    const { rows, unreadable } = await queryLake({ dir, sql });
    return { ids: rows.map(({ event_id }) => event_id), findings: findingLines(unreadable) };
  };

  it.each(linesTables)('has all other rows of %s, whatever lies beside them, and names what it is', async (table) => {
    const hourOf = (at: number): string => String(at).padStart(2, '0');
    const urlOf = (at: number): string => `s3://lake/${table}/year=2026/month=11/day=21/hour=${hourOf(at)}/bad.gz`;
    for (const [at, { content }] of badObjects.entries()) {
      lake.object(urlOf(at).slice('s3://lake/'.length).replace('bad', 'a-good'), goodLine(table, 'good'));
      lake.object(urlOf(at).slice('s3://lake/'.length), content(table));
    }
    const { rows, unreadable } = await queryLake({
      dir,
      sql: `SELECT hour, event_id FROM ${table} WHERE event_type IS NOT NULL`,
    });
    const idsAt = (at: number) => rows.filter(({ hour }) => hour === hourOf(at)).map(({ event_id }) => event_id);
    expect(badObjects.map(({ what }, at) => [what, idsAt(at).sort()])).toEqual(
      badObjects.map(({ what, readable }) => [what, ['good', ...readable].sort()]),
    );
    const findings = badObjects.flatMap((bad, at) => bad.findings.map((finding) => urlOf(at) + finding));
    expect(findingLines(unreadable)).toEqual(findings);
    // A row of NULLs has its place.
    const empty = await queryLake({
      dir,
      sql: `SELECT "$path" AS path, year, hour, COUNT(*) AS n FROM ${table} WHERE event_id IS NULL GROUP BY 1, 2, 3 ORDER BY 1`,
    });
    expect(empty.rows).toEqual(
      badObjects.flatMap((bad, at) =>
        bad.empty === 0 ? [] : [{ path: urlOf(at), year: '2026', hour: hourOf(at), n: bad.empty }],
      ),
    );
  });

  it('takes NULL for a value that is not of its column, and the rest of the row as it is', async () => {
    const row = goodLine('streaming_events', 'w')
      .trim()
      .slice(0, -1)
      .replace(/,"watch_duration_seconds":\d+/, '');
    const values = ['"abc"', '{"a":1}', '1e21', '2147483648', '[60]'];
    lake.object(
      `streaming_events/${folder}/bad.gz`,
      values.map((value) => `${row},"watch_duration_seconds":${value}}\n`).join(''),
    );
    const { rows, unreadable } = await queryLake({
      dir,
      sql: 'SELECT event_id, event_type IS NULL AS lost, watch_duration_seconds AS seconds FROM streaming_events',
    });
    expect(rows).toEqual(values.map(() => ({ event_id: 'w', lost: false, seconds: null })));
    expect(findingLines(unreadable)).toEqual(
      values.map(
        (_, at) =>
          `s3://lake/streaming_events/${folder}/bad.gz line ${at + 1}: watch_duration_seconds is not a whole number of 32 bits`,
      ),
    );
  });

  it('reads keys letter by letter: another spelling is another key', async () => {
    const line = goodLine('streaming_events', 'w').replace('{', '{"Event_ID":"x","EVENT_TYPE":7,');
    lake.object(`streaming_events/${folder}/a.gz`, line);
    const { ids, findings } = await idsIn('SELECT event_id FROM streaming_events WHERE event_type IS NOT NULL');
    expect([ids, findings]).toEqual([['w'], []]);
  });

  it('looks at what it reads alone: a bad object of another hour or table is nobody’s finding', async () => {
    lake.object(`streaming_events/${folder}/good.gz`, goodLine('streaming_events', 'good'));
    lake.object('streaming_events/year=2026/month=11/day=21/hour=10/bad.gz', Buffer.from('x'));
    lake.object(`clickstream_events/${folder}/bad.gz`, Buffer.from('x'));
    expect(await idsIn("SELECT event_id FROM streaming_events WHERE hour = '09'")).toEqual({
      ids: ['good'],
      findings: [],
    });
    expect((await idsIn('SELECT event_id FROM streaming_events')).findings).toHaveLength(1);
  });

  it('names the first twenty findings and counts the others', async () => {
    lake.object(`streaming_events/${folder}/bad.gz`, 'garbage\n'.repeat(1_000));
    lake.object(`streaming_events/${folder}/worse.gz`, 'garbage\n'.repeat(234));
    const { findings } = await idsIn('SELECT event_id FROM streaming_events WHERE event_id IS NOT NULL');
    expect([findings.length, findings[19], findings[20]]).toEqual([
      21,
      `s3://lake/streaming_events/${folder}/bad.gz line 20: it is no JSON`,
      'and 1,214 more',
    ]);
  });

  it('hands rows on as they come, and what it did without at the end', async () => {
    lake.object(`streaming_events/${folder}/a.gz`, `${goodLine('streaming_events', 'a')}garbage\n`);
    const ids: unknown[] = [];
    const { unreadable } = await streamLake({ dir, sql: 'SELECT event_id FROM streaming_events' }, async (rows) => {
      ids.push(...rows.map(({ event_id }) => event_id));
    });
    expect([ids, unreadable.count]).toEqual([['a', null], 1]);
  });

  it('reads each object once to find out, and again when there is another one under its name', async () => {
    const key = `streaming_events/${folder}/a.gz`;
    const file = join(objectsFolder(dir, 'lake'), `${key}.data`);
    const findings = async () => (await idsIn('SELECT event_id FROM streaming_events')).findings.length;
    lake.object(key, gzipSync(`garbage\n${goodLine('streaming_events', 'a')}`, { level: 0 }));
    utimesSync(file, 1_000, 1_000);
    expect(await findings()).toBe(1);
    const kept = readdirSync(join(dir, 'sql', 'checked'));
    expect(kept).toHaveLength(1);
    // As long and as old as the one before: it is taken for the same.
    lake.object(key, gzipSync(`{}     \n${goodLine('streaming_events', 'a')}`, { level: 0 }));
    utimesSync(file, 1_000, 1_000);
    expect(await findings()).toBe(1);
    lake.object(key, gzipSync(`garbage\ngarbage\n${goodLine('streaming_events', 'a')}`, { level: 0 }));
    expect(await findings()).toBe(2);
    expect(readdirSync(join(dir, 'sql', 'checked'))).toEqual(kept);
  });

  it('leaves an object without a byte out, as every reader does', async () => {
    lake.object(`streaming_events/${folder}/empty.gz`, Buffer.alloc(0));
    lake.object(`streaming_events/${folder}/good.gz`, goodLine('streaming_events', 'good'));
    expect(await idsIn('SELECT event_id FROM streaming_events')).toEqual({ ids: ['good'], findings: [] });
  });
});
