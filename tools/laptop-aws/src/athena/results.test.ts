import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anAthena } from './athena.fixture.ts';

let place: Awaited<ReturnType<typeof anAthena>>;

beforeEach(async () => {
  place = await anAthena();
});
afterEach(() => place.close());

describe('the result of a query', () => {
  it('describes its columns and writes their values as Athena does', async () => {
    const id =
      await place.start(`SELECT CAST(1 AS tinyint) AS a, 2 AS b, COUNT(*) c, 1.50 AS d, 0.1e0 AS e, 12345678e0 AS f,
      DATE '2026-11-21' AS g, TIMESTAMP '2026-11-21 10:00:00' AS h, from_iso8601_timestamp('2026-11-21T10:00:00Z') AS i,
      true AS j, ARRAY['x', NULL] AS k, MAP(ARRAY['a'], ARRAY[1]) AS l, CAST(ROW(1, 'y') AS ROW(m integer, n varchar)) AS o,
      to_utf8('az') AS p, CAST(NULL AS varchar) AS q, 5e-5 AS r, COUNT(*) FROM streaming_events`);
    await place.ended(id);
    const { ResultSet } = await place.client.send(new GetQueryResultsCommand({ QueryExecutionId: id }));

    const columns = ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name, Type, Precision, Scale }) => [
      Name,
      Type,
      Precision,
      Scale,
    ]);
    const values = ResultSet?.Rows?.[1]?.Data?.map(({ VarCharValue }) => VarCharValue);
    expect(columns?.map((column, index) => [...column, values?.[index]])).toEqual([
      ['a', 'tinyint', 3, 0, '1'],
      ['b', 'integer', 10, 0, '2'],
      ['c', 'bigint', 19, 0, '3'],
      ['d', 'decimal', 3, 2, '1.50'],
      ['e', 'double', 17, 0, '0.1'],
      ['f', 'double', 17, 0, '1.2345678E7'],
      ['g', 'date', 0, 0, '2026-11-21'],
      ['h', 'timestamp', 3, 0, '2026-11-21 10:00:00.000'],
      ['i', 'timestamp with time zone', 3, 0, '2026-11-21 10:00:00.000 UTC'],
      ['j', 'boolean', 0, 0, 'true'],
      ['k', 'array', 0, 0, '[x, null]'],
      ['l', 'map', 0, 0, '{a=1}'],
      ['o', 'row', 0, 0, '{m=1, n=y}'],
      ['p', 'varbinary', 1_073_741_824, 0, '61 7a'],
      ['q', 'varchar', 2_147_483_647, 0, undefined],
      ['r', 'double', 17, 0, '5.0E-5'],
      ['_col16', 'bigint', 19, 0, '3'],
    ]);
  });

  it.each([
    ['SELECT *, "$path" FROM streaming_events; -- the end', ['event_type', 'watch_duration_seconds', '$path']],
    [
      "SELECT COUNT(*), t.*, t.event_type || '' FROM streaming_events AS t GROUP BY 2, 3",
      ['_col0', 'event_type', 'watch_duration_seconds', '_col3'],
    ],
    ['SELECT 1 AS a, 2 AS a', ['a', 'a']],
    ['VALUES (1, 2)', ['_col0', '_col1']],
    ['(SELECT 1 + 1) UNION ALL SELECT 3 AS n', ['_col0']],
    ['WITH q(m) AS (SELECT 1) SELECT m, m + 1 FROM q ORDER BY 1', ['m', '_col1']],
    ['SELECT "Say ""hi""" FROM (SELECT 1 AS "Say ""hi""") AS t', ['Say "hi"']],
  ])('%p has the headings %p', async (sql, headings) => expect((await place.ask(sql))?.[0]).toEqual(headings));
});
