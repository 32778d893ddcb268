import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readingFunctions, writingScalars } from './allowed-functions.ts';
import { aLake } from './lake.fixture.ts';
import { withLake } from './lake.ts';
import { checkPrepared } from './statement.ts';

describe('an open lake', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'lake-locked-'));
    aLake(dir);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it.each([
    'SET threads = 1',
    'SET lock_configuration = false',
    'RESET lock_configuration',
    'SET enable_external_access = true',
    'SET GLOBAL memory_limit = 1',
  ])('has no setting that a statement changes: %s', (sql) =>
    withLake({ dir }, async (connection) => {
      await expect(connection.run(sql)).rejects.toThrow('the configuration has been locked');
    }),
  );

  it('reaches no file outside', () =>
    withLake({ dir }, async (connection) => {
      await expect(connection.run("COPY (SELECT 1) TO '/tmp/outside.csv'")).rejects.toThrow('Permission Error');
      await expect(connection.run('INSTALL httpfs')).rejects.toThrow('Permission Error');
    }));
});

describe('what DuckDB prepares of a statement', () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    await connection.run('CREATE TABLE t (a INTEGER)');
  });
  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
  });

  it.each([
    'INSERT INTO t VALUES (1)',
    'DELETE FROM t',
    'CREATE TABLE u (a INTEGER)',
    'SET threads = 1',
    'DROP TABLE t',
    "COPY t TO 'x.csv'",
    "ATTACH 'x.db'",
    'EXPLAIN ANALYZE SELECT 1',
  ])('is refused by its type alone, whatever its text: %s', (sql) =>
    expect(checkPrepared(connection, sql)).rejects.toThrow('Only one reading statement'),
  );

  it('is taken when it is of the wanted type', async () => {
    await checkPrepared(connection, 'SELECT * FROM t');
    await checkPrepared(connection, 'EXPLAIN SELECT * FROM t', StatementType.EXPLAIN);
    await expect(checkPrepared(connection, 'SELECT 1', StatementType.EXPLAIN)).rejects.toThrow('Only one reading');
  });

  it('calls functions of which each is known: a later DuckDB’s new ones are looked at before they are served', async () => {
    const names = async (where: string): Promise<string[]> =>
      (
        await connection.runAndReadAll(
          `SELECT DISTINCT function_name FROM duckdb_functions() WHERE ${where} ORDER BY 1`,
        )
      )
        .getRows()
        .flat()
        .map(String);
    const tables = await names("function_type IN ('table', 'table_macro')");
    expect([...readingFunctions].filter((name) => !tables.includes(name))).toEqual([]);
    const volatile = await names("function_type = 'scalar' AND stability = 'VOLATILE'");
    const harmless = [
      'current_connection_id',
      'current_query',
      'current_query_id',
      'current_transaction_id',
      'currval',
    ];
    harmless.push('error', 'gen_random_uuid', 'nextval', 'random', 'setseed', 'stats', 'uuid', 'uuidv4', 'uuidv7');
    expect(volatile.filter((name) => !harmless.includes(name))).toEqual([...writingScalars].sort());
  });
});
