import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, ndjson } from './lake.fixture.ts';
import { queryLake } from './query-lake.ts';

let dir: string;

const rows = async (sql: string): Promise<unknown> => (await queryLake({ dir, sql })).rows;

afterEach(() => rmSync(dir, { recursive: true }));

describe('a statement', () => {
  const outside = 'outside the lake';
  const onlyReads = 'Only one reading statement';
  const target = (): string => join(dir, 's3', 'buckets', 'lake', 'objects', 'written.csv');

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'statement-'));
    const lake = aLake(dir);
    lake.table('streaming_events', { event_id: 'string', watch_duration_seconds: 'bigint' });
    lake.object('streaming_events/x.gz', ndjson({ event_id: 'a' }));
    writeFileSync(join(dir, 'secret.txt'), 'secret');
  });

  it.each([
    ["COPY (SELECT 1) TO 'TARGET'", onlyReads],
    ["EXPLAIN ANALYZE COPY (SELECT 1) TO 'TARGET'", onlyReads],
    ["EXPLAIN (ANALYZE) COPY (SELECT 1) TO 'TARGET'", onlyReads],
    ["/* SELECT */ explain -- SELECT\n analyze/**/COPY (SELECT 1) TO 'TARGET'", onlyReads],
    ["EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO 'TARGET'", ''],
    ["WITH x AS (COPY (SELECT 1) TO 'TARGET') SELECT 1", 'CTE'],
    ["SELECT * FROM query('COPY (SELECT 1) TO ''TARGET''')", 'query() is not run here'],
    ["SELECT 1; COPY (SELECT 1) TO 'TARGET'", onlyReads],
    ['SELECT 1; SELECT 2', '2 statements'],
    ['WITH x AS (SELECT 1) INSERT INTO streaming_events SELECT * FROM x', onlyReads],
    ['INSERT INTO streaming_events VALUES (1)', onlyReads],
    ['UPDATE streaming_events SET event_id = 1', onlyReads],
    ['DELETE FROM streaming_events', onlyReads],
    ['DROP VIEW streaming_events', onlyReads],
    ['CREATE TABLE copied AS SELECT 1', onlyReads],
    ['SELECT 1 INTO copied', ''],
    ["ATTACH 'TARGET'", onlyReads],
    ['INSTALL httpfs', onlyReads],
    ['LOAD httpfs', onlyReads],
    ['SET lock_configuration = false', onlyReads],
    ['RESET lock_configuration', onlyReads],
    ['PRAGMA enable_external_access = true', onlyReads],
    ["PRAGMA import_database('x')", ''],
    ['CALL pragma_version()', onlyReads],
    ['PREPARE x AS SELECT 1', onlyReads],
    ["EXPORT DATABASE 'TARGET'", onlyReads],
    ['BEGIN', onlyReads],
    ['CHECKPOINT', onlyReads],
    ["SELECT * FROM read_text('/etc/hostname')", outside],
    ["SELECT * FROM read_csv('SECRET')", outside],
    ["SELECT * FROM read_text('LAKE/../../../../secret.txt')", outside],
    ["SELECT * FROM glob('/etc/*')", outside],
    ["SELECT * FROM sniff_csv('/etc/passwd')", outside],
    ["SELECT * FROM 'SECRET'", ''],
    ["SELECT * FROM read_blob('https://example.com/x')", outside],
    ["EXPLAIN ANALYZE SELECT * FROM read_text('/etc/hostname')", outside],
    ['SELECT ?', 'Parameters'],
    ['', 'There is no statement'],
    ['-- nothing', 'There is no statement'],
    ['SELEC 1', 'syntax error'],
    ['SELECT nope FROM streaming_events', '"nope" not found'],
    ['SELECT * FROM nope', 'does not exist'],
  ])('%p is refused', async (sql, reason) => {
    const text = sql
      .replaceAll('TARGET', target())
      .replaceAll('SECRET', join(dir, 'secret.txt'))
      .replaceAll('LAKE', join(dir, 's3', 'buckets', 'lake', 'objects'));
    await expect(rows(text)).rejects.toMatchObject({ name: 'SqlError', message: expect.stringContaining(reason) });
    expect(readdirSync(join(dir, 's3', 'buckets', 'lake', 'objects'))).toEqual(['streaming_events']);
  });

  it.each([
    ["SELECT 'COPY x TO y; DROP TABLE z' AS text", [{ text: 'COPY x TO y; DROP TABLE z' }]],
    ['SELECT \'-- not a comment /*\' AS "SET"', [{ SET: '-- not a comment /*' }]],
    ['-- COPY\n/* DROP; */ SELECT 1 AS n; -- the end', [{ n: 1 }]],
    ['WITH x AS (SELECT 1 AS n) SELECT n FROM x', [{ n: 1 }]],
    ['(SELECT 1 AS n)', [{ n: 1 }]],
    ['VALUES (1)', [{ col0: 1 }]],
    ['FROM streaming_events SELECT event_id', [{ event_id: 'a' }]],
    ['SHOW TABLES', [{ name: 'streaming_events' }]],
    [
      "SELECT column_name FROM (DESCRIBE streaming_events) WHERE column_type = 'BIGINT'",
      [{ column_name: 'watch_duration_seconds' }],
    ],
  ])('%p is answered', async (sql, answer) => expect(await rows(sql)).toEqual(answer));

  it.each([
    'EXPLAIN SELECT 1',
    'EXPLAIN ANALYZE SELECT 1',
    'EXPLAIN (FORMAT JSON) SELECT 1',
    'SUMMARIZE streaming_events',
  ])('%p is answered at length', async (sql) => expect(await rows(sql)).not.toEqual([]));
});
