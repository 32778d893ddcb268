import { awsTarget } from '@acme/command-kit';
import type { Column, Row } from '@acme/laptop-aws/sql';
import { anAthena, ndjson } from '@acme/laptop-aws/testing';
import { ListQueryExecutionsCommand } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { athenaEngine } from './athena-engine.ts';
import type { Run, SqlEngine } from './sql-engine.ts';

let place: Awaited<ReturnType<typeof anAthena>>;
let engine: SqlEngine;

beforeEach(async () => {
  place = await anAthena();
  place.lake.table('streaming_events', { event_type: 'string', seconds: 'bigint' });
  place.lake.object('streaming_events/x.gz', ndjson({ event_type: 'start', seconds: 5 }, { event_type: '' }));
  place.athena.defineNamedQuery({
    id: '5f0c8a52-0000-4000-8000-000000000001',
    name: 'Events by type',
    database: 'acme_telemetry',
    query: 'SELECT event_type, COUNT(*) AS count FROM streaming_events GROUP BY 1;',
    description: 'The most frequent first',
    workGroup: 'acme',
  });
  const target = awsTarget({}, { STAGE: 'dev' });
  const glue = new GlueClient(target.client);
  engine = athenaEngine({ target, athena: place.client, glue, workGroup: 'acme', database: 'acme_telemetry' });
});
afterEach(() => place.close());

const run = async (sql: string, more: Partial<Run> = {}) => {
  const parts: { rows: readonly Row[]; columns: readonly Column[] }[] = [];
  const cost = await engine.run({ sql, ...more }, async (rows, columns) => void parts.push({ rows, columns }));
  return { parts, rows: parts.flatMap(({ rows }) => rows), columns: parts[0]?.columns, cost };
};

describe('a statement through the Athena API', () => {
  it('gives rows with the values that the lake gives, and what it read', async () => {
    const { rows, columns, cost } = await run(
      "SELECT event_type, seconds, seconds / 2e0 AS half, seconds = 5 AS is_five, DATE '2026-11-21' AS day, 1.50 AS price, event_type FROM streaming_events ORDER BY 1 DESC",
    );
    expect(columns).toEqual([
      { name: 'event_type', type: 'VARCHAR' },
      { name: 'seconds', type: 'BIGINT' },
      { name: 'half', type: 'DOUBLE' },
      { name: 'is_five', type: 'BOOLEAN' },
      { name: 'day', type: 'DATE' },
      { name: 'price', type: 'DECIMAL' },
      { name: 'event_type:1', type: 'VARCHAR' },
    ]);
    const common = { day: '2026-11-21', price: '1.50' };
    expect(rows).toEqual([
      { event_type: 'start', seconds: 5, half: 2.5, is_five: true, ...common, 'event_type:1': 'start' },
      { event_type: '', seconds: null, half: null, is_five: null, ...common, 'event_type:1': '' },
    ]);
    expect(cost.bytesScanned).toBeGreaterThan(0);
  });

  it('fetches pages until it has what is asked for', async () => {
    const sql = 'SELECT n FROM UNNEST(sequence(1, 2500)) AS t(n)';
    const all = await run(sql);
    expect(all.parts.map(({ rows }) => rows.length)).toEqual([999, 1000, 501]);
    expect(all.rows.map(({ n }) => n)).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
    expect((await run(sql, { maxRows: 1001 })).rows).toHaveLength(1001);
  });

  it('gives the columns of an answer without rows, and the rows of SHOW and DESCRIBE from the first', async () => {
    expect(await run('SELECT event_type FROM streaming_events WHERE false')).toMatchObject({
      parts: [{ rows: [], columns: [{ name: 'event_type', type: 'VARCHAR' }] }],
    });
    expect((await run('SHOW TABLES')).rows).toEqual([{ tab_name: 'streaming_events' }]);
  });

  it('fails with Athena’s reason, whether it refuses the statement or the query fails', async () => {
    await expect(run('SELECT * FROM nope')).rejects.toMatchObject({
      name: 'SqlError',
      message: expect.stringContaining('does not exist'),
    });
    await expect(run(' '.repeat(10))).rejects.toMatchObject({ name: 'SqlError' });
  });

  it('is stopped at Athena when it is aborted, and says meanwhile how far it is', async () => {
    const stop = new AbortController();
    const states: string[] = [];
    const progress = (state: string): void => {
      states.push(state);
      if (state.startsWith('running')) stop.abort();
    };
    const sql =
      'SELECT SUM(a.n * b.n) FROM UNNEST(sequence(1, 10000)) AS a(n), UNNEST(sequence(1, 10000)) AS b(n), UNNEST(sequence(1, 1000)) AS c(n)';
    await expect(run(sql, { signal: stop.signal, progress })).rejects.toMatchObject({ name: 'AbortError' });
    expect(states.at(-1)).toMatch(/^running {2}[\d.]+ s, \d+ bytes read$/);
    const { QueryExecutionIds = [] } = await place.client.send(new ListQueryExecutionsCommand({ WorkGroup: 'acme' }));
    expect((await place.ended(QueryExecutionIds[0] as string)).Status?.State).toBe('CANCELLED');
  });
});

describe('the named queries of the work group', () => {
  it('are found with their statements', async () => {
    expect(await engine.namedQueries()).toEqual([
      {
        name: 'Events by type',
        sql: 'SELECT event_type, COUNT(*) AS count FROM streaming_events GROUP BY 1;',
        description: 'The most frequent first',
      },
    ]);
    expect((await run((await engine.namedQueries())[0]?.sql ?? '')).rows).toHaveLength(2);
  });
});
