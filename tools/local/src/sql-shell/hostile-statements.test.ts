// Whatever the text, it reads: by each way that SQL takes to DuckDB, nothing on the disk changes and no lock opens.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { queryLake, withStatement } from '@acme/laptop-aws/sql';
import { aLake, ndjson, openS3, run, type S3 } from '@acme/laptop-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { statementsOf } from './statements.ts';

let root: string;
let dir: string;
let s3: S3;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'hostile-'));
  dir = join(root, 'state');
  const lake = aLake(dir);
  s3 = await openS3({ dir });
  s3.createBucket('lake');
  s3.createBucket('results');
  lake.table('streaming_events', { event_id: 'string' });
  lake.object('streaming_events/x.gz', ndjson({ event_id: 'a' }));
  for (const name of ['canary.json', 'canary.txt', 'canary.csv', 'canary.data'])
    writeFileSync(join(dir, 's3/buckets/lake/objects', name), 'alive');
  writeFileSync(join(root, 'outside.txt'), 'alive');
  mkdirSync(join(root, 'empty'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** Everything in the test's folder, by path; what an UNLOAD may write is left out. */
const disk = (): Record<string, string> =>
  Object.fromEntries(
    (readdirSync(root, { recursive: true }) as string[])
      .filter((path) => !/^state\/(s3\/buckets\/results|scratch)/.test(path))
      .sort()
      .map((path) => {
        const file = join(root, path);
        return [
          path,
          statSync(file).isDirectory() ? 'folder' : createHash('md5').update(readFileSync(file)).digest('hex'),
        ];
      }),
  );

const guards = `SELECT name || ' = ' || coalesce(value, 'NULL') FROM duckdb_settings()
  WHERE name IN ('lock_configuration', 'enable_external_access', 'allowed_directories', 'allowed_paths', 'enable_logging',
    'logging_storage', 'enable_profiling', 'profiling_output', 'profile_output', 'autoload_known_extensions',
    'autoinstall_known_extensions', 'allow_community_extensions', 'temp_directory', 'search_path', 'TimeZone') ORDER BY ALL`;

/** The ways of a text to DuckDB: `npm run sql` and the counts, Athena's API, and what both are made of. */
const ways: Readonly<Record<string, (sql: string) => Promise<unknown>>> = {
  'npm run sql': (sql) => Promise.all(statementsOf(`${sql}\n;`).complete.map((each) => queryLake({ dir, sql: each }))),
  Athena: async (sql) => {
    const scratch = join(dir, 'scratch');
    mkdirSync(scratch, { recursive: true });
    await run({
      ...{ dir, sql, scratch, s3, database: undefined, signal: new AbortController().signal },
      store: async (body) => void (body instanceof Readable ? await buffer(body) : body),
      storeManifest: async () => undefined,
      begin: async () => undefined,
    }).finally(() => rmSync(scratch, { recursive: true, force: true }));
  },
  'a statement': (sql) =>
    withStatement({ dir, sql }, async ({ connection, sql: checked }) => {
      const before = (await connection.runAndReadAll(guards)).getRows();
      try {
        await connection.runAndReadAll(checked);
      } finally {
        expect((await connection.runAndReadAll(guards)).getRows()).toEqual(before);
        expect(before).toContainEqual(['lock_configuration = true']);
      }
    }),
};

/** A refusal is an error with a message; an assertion that failed is not. */
const refusedOrRead = async (way: (sql: string) => Promise<unknown>, sql: string): Promise<'read' | 'refused'> => {
  try {
    await way(sql);
    return 'read';
  } catch (error) {
    if (error instanceof Error && 'matcherResult' in error) throw error;
    return 'refused';
  }
};

const targets = (text: string): string =>
  text
    .replaceAll('CANARY', join(dir, 's3/buckets/lake/objects/canary'))
    .replaceAll('NEW', join(dir, 's3/buckets/lake/objects/new'))
    .replaceAll('OUTSIDE', join(root, 'outside'))
    .replaceAll('EMPTY', join(root, 'empty'));

/** What does more than read. */
const writing = [
  "COPY (SELECT 1) TO 'CANARY.csv'",
  "COPY (SELECT 1) TO 'CANARY.data'",
  "COPY (SELECT 1) TO 'NEW.csv'",
  "COPY (SELECT 1) TO 'OUTSIDE.txt'",
  "EXPORT DATABASE 'EMPTY'",
  "EXPORT DATABASE 'NEW'",
  "ATTACH 'NEW.db' AS n",
  'INSTALL httpfs',
  'LOAD httpfs',
  'SET lock_configuration = false',
  'RESET lock_configuration',
  'SET enable_external_access = true',
  "PRAGMA enable_profiling = 'json'",
  "PRAGMA profiling_output = 'CANARY.json'",
  "CALL enable_logging('QueryLog')",
  "CALL enable_profiling(format = 'json', save_location = 'CANARY.json')",
  "SELECT * FROM enable_profiling(format = 'json', save_location = 'CANARY.json')",
  "SELECT * FROM enable_profiling(format = 'json', save_location = 'NEW.json')",
  "SELECT * FROM enable_logging(storage = 'file', storage_path = 'NEW')",
  "SELECT * FROM enable_logging(storage = 'file', storage_path = 'EMPTY')",
  "SELECT * FROM query('SELECT * FROM enable_profiling(format = ''json'', save_location = ''NEW.json'')')",
  "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
  "SELECT (SELECT count(*) FROM main.enable_logging('QueryLog'))",
  "WITH a AS (SELECT * FROM system.main.ENABLE_PROFILING(format = 'json', save_location = 'NEW.json')) SELECT * FROM a",
  'CREATE TABLE t AS SELECT 1',
  'DROP VIEW streaming_events',
  'PREPARE p AS SELECT 1',
  'EXECUTE p',
];

const blank = ['', ' ', '\n', '\r', '\r\n', '\t', '\u00a0', '\u2028', '\ufeff', '\u3000', '\v'];
const comments = [
  '/**/',
  '/* /* */',
  '/* /* */ ( */',
  '*/',
  '/*',
  '/*/',
  '-- x\n',
  '-- x\r',
  '-- x\r\n',
  '--',
  "/* ' */",
  '-- "\n',
];
const around = [
  ...[
    'EXPLAIN',
    'EXPLAIN ANALYZE',
    'EXPLAIN ANALYSE',
    'EXPLAIN (ANALYZE)',
    'EXPLAIN (FORMAT JSON)',
    'explain(analyze,format json)',
  ],
  ...[
    'ANALYSE',
    'ANALYZE',
    '(',
    ')',
    '()',
    ';',
    "'",
    '"',
    "''",
    '$$',
    "E'\\''",
    '\0',
    'SELECT 1',
    'SELECT 1;',
    'VALUES (1)',
  ],
  ...['UNLOAD (', ") TO 's3://results/x/' WITH (format = 'JSON')", 'SHOW TABLES', 'DESCRIBE', 'SUMMARIZE', 'TABLE'],
  ...['WITH a AS (', ') SELECT * FROM a', 'SELECT * FROM (', 'UNION ALL', 'FROM streaming_events', 'MSCK REPAIR TABLE'],
];

const hostile = fc
  .array(
    fc.tuple(fc.constantFrom(...blank, ...comments), fc.oneof(fc.constantFrom(...around), fc.constantFrom(...writing))),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((parts) => targets(parts.flat().join('')));

describe('a text that means harm', () => {
  it.each(
    Object.keys(ways).flatMap((way) =>
      [
        ...writing,
        ...writing.slice(0, 5).flatMap((sql) => [`EXPLAIN ANALYZE ${sql}`, `EXPLAIN /* /* */ ( */ ANALYSE ${sql}`]),
        "EXPLAIN (ANALYZE) COPY (SELECT 1) TO 'CANARY.data'",
        "EXPLAIN -- x\rANALYZE COPY (SELECT 1) TO 'CANARY.data'",
        "EXPLAIN (/*)*/ANALYZE) /* /* */ SELECT 1 --*/ */ COPY (SELECT 1) TO 'CANARY.data'",
        "SELECT 1 -- x\r; COPY (SELECT 1) TO 'CANARY.data'",
        "SELECT 1) TO 'CANARY.csv' --",
        "SELECT 1\0) TO 'CANARY.csv' --",
        "UNLOAD (SELECT 1) TO 'CANARY.csv' --) TO 's3://results/x/' WITH (format = 'JSON')",
        "UNLOAD (COPY (SELECT 1) TO 'CANARY.csv') TO 's3://results/x/' WITH (format = 'JSON')",
        "UNLOAD (SELECT $$) TO 's3://results/x/' WITH (format = 'JSON') $$) TO 'CANARY.csv' --) TO 's3://results/y/' WITH (format = 'JSON')",
      ].map((sql) => [way, sql] as const),
    ),
  )('changes nothing by %s: %j', async (way, sql) => {
    const before = disk();
    expect(await refusedOrRead(ways[way] as (sql: string) => Promise<unknown>, targets(sql))).toBe('refused');
    expect(disk()).toEqual(before);
  });

  it('changes nothing, however comments, quotes, blanks and statements are mixed', async () => {
    const before = disk();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(ways)), hostile, async (way, sql) => {
        await refusedOrRead(ways[way] as (sql: string) => Promise<unknown>, sql);
        expect(disk()).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });
});
