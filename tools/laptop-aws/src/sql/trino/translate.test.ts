import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLake } from '../lake.fixture.ts';
import { queryLake } from '../query-lake.ts';
import { defined, renamed } from './functions.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'trino-'));
  aLake(dir).table('streaming_events', { event_id: 'string' });
});
afterAll(() => rmSync(dir, { recursive: true }));

/** The first value of the answer. */
const valueOf = async (expression: string): Promise<unknown> =>
  Object.values(
    (await queryLake({ dir, sql: expression.startsWith('SELECT') ? expression : `SELECT ${expression}` })).rows[0] ??
      {},
  )[0];

/** Expressions and their values by the documentation of Trino's functions and operators. */
const examples: readonly (readonly [expression: string, value: unknown])[] = [
  ['7 / 2', 3],
  ['7.0 / 2', 3.5],
  ['7 / 2e0', 3.5],
  ['SUM(x) / 3600 FROM (VALUES (7199)) AS t(x)', 1],
  ['try(7 / 0)', null],
  ['SELECT CASE WHEN x <> 0 THEN 10 / x END FROM (VALUES (0), (5)) AS t(x) ORDER BY x DESC', 2],
  ["'a' || 'b'", 'ab'],
  ["ARRAY['a', 'b'][1]", 'a'],
  ['"date" FROM (SELECT 1 AS date) AS t', 1],
  ['SELECT y FROM (VALUES (ARRAY[3, 4])) AS v(x) CROSS JOIN UNNEST(x) AS t(y) ORDER BY 1 DESC', 4],
  ['SELECT n FROM (VALUES (ARRAY[3, 4])) AS v(x) CROSS JOIN UNNEST(x) WITH ORDINALITY AS t(y, n) WHERE y = 4', 2],
  ['SELECT row_number() OVER (ORDER BY x DESC) FROM (VALUES (1), (2)) AS t(x) ORDER BY x DESC', 1],
  ['SELECT x FROM (VALUES (1), (NULL)) AS t(x) ORDER BY x DESC', 1],
  ["max_by(x, y) FROM (VALUES ('a', 1), ('b', 2)) AS t(x, y)", 'b'],
  ["min_by(x, y) FROM (VALUES ('a', 1), ('b', 2)) AS t(x, y)", 'a'],
  ['approx_distinct(x) FROM (VALUES (1), (1)) AS t(x)', 1],
  ['approx_distinct(x) FILTER (WHERE x > 1) FROM (VALUES (1), (2)) AS t(x)', 1],
  ['approx_percentile(x, 0.5) FROM (VALUES (1), (2), (3)) AS t(x)', 2],
  ['arbitrary(x) FROM (VALUES (1), (1)) AS t(x)', 1],
  ['every(x > 0) FROM (VALUES (1), (2)) AS t(x)', true],
  ['count_if(x > 1) FROM (VALUES (1), (2)) AS t(x)', 1],
  ["map_agg(x, y)['b'] FROM (VALUES ('a', 1), ('b', 2)) AS t(x, y)", 2],
  ["array_join(ARRAY['a', NULL, 'b'], '-')", 'a-b'],
  ['array_max(ARRAY[1, 3, 2])', 3],
  ['array_min(ARRAY[2, 1])', 1],
  ['array_position(ARRAY[5, 6], 6)', 2],
  ['array_position(ARRAY[5, 6], 7)', 0],
  ['cardinality(ARRAY[1, 2, 3])', 3],
  ['contains(ARRAY[1, 2], 2)', true],
  ["element_at(ARRAY['a', 'b'], -1)", 'b'],
  ["element_at(MAP(ARRAY['k'], ARRAY[9]), 'k')", 9],
  ["element_at(MAP(ARRAY['k'], ARRAY[9]), 'other')", null],
  ['sequence(1, 3)', [1, 2, 3]],
  ['slice(ARRAY[1, 2, 3, 4], 2, 2)', [2, 3]],
  ['transform(ARRAY[1, 2], x -> x * 10)', [10, 20]],
  ['filter(ARRAY[1, 2, 3], x -> x > 1)', [2, 3]],
  ["at_timezone(from_iso8601_timestamp('2026-11-21T10:00:00Z'), 'America/New_York')", '2026-11-21 05:00:00'],
  ["date('2026-11-21') = DATE '2026-11-21'", true],
  ["date_add('month', 1, DATE '2026-01-31')", '2026-02-28'],
  ["date_add('hour', -1, TIMESTAMP '2026-11-21 00:30:00')", '2026-11-20 23:30:00'],
  ["date_add('quarter', 1, TIMESTAMP '2026-11-21 00:30:00')", '2027-02-21 00:30:00'],
  ["date_diff('hour', TIMESTAMP '2026-11-21 10:59:00', TIMESTAMP '2026-11-21 12:58:00')", 1],
  ["date_diff('day', DATE '2026-11-20', DATE '2026-11-22')", 2],
  [
    "date_diff('minute', from_iso8601_timestamp('2026-11-21T10:00:00Z'), from_iso8601_timestamp('2026-11-21T11:00:00+01:00'))",
    0,
  ],
  [
    "date_format(TIMESTAMP '2026-11-21 09:05:03', '%Y-%m-%d %H:%i:%s %M %W %e %c 100%%')",
    '2026-11-21 09:05:03 November Saturday 21 11 100%',
  ],
  ["date_parse('2026/11/21 10h05', '%Y/%m/%d %Hh%i')", '2026-11-21 10:05:00'],
  ["date_trunc('month', DATE '2026-11-21')", '2026-11-01'],
  ["date_trunc('hour', TIMESTAMP '2026-11-21 10:59:00')", '2026-11-21 10:00:00'],
  ["date_trunc('hour', from_iso8601_timestamp('2026-11-21T10:59:00Z'))", '2026-11-21 10:00:00+00'],
  ["day_of_month(DATE '2026-11-21')", 21],
  ["day_of_week(DATE '2026-11-22')", 7],
  ["dow(DATE '2026-11-22')", 7],
  ["day_of_year(DATE '2026-02-01')", 32],
  ["doy(DATE '2026-02-01')", 32],
  ["format_datetime(TIMESTAMP '2026-11-21 09:05:03', 'yyyy-MM-dd''T''HH:mm:ss 100%')", '2026-11-21T09:05:03 100%'],
  ["from_iso8601_date('2026-11-21')", '2026-11-21'],
  ["from_iso8601_timestamp('2026-11-21T10:00:00.250+02:00')", '2026-11-21 08:00:00.25+00'],
  ['from_unixtime(1)', '1970-01-01 00:00:01+00'],
  ["hour(TIMESTAMP '2026-11-21 10:59:00')", 10],
  ["last_day_of_month(DATE '2026-02-01')", '2026-02-28'],
  ["parse_datetime('21.11.2026', 'dd.MM.yyyy')", '2026-11-21 00:00:00'],
  ["to_iso8601(DATE '2026-11-21')", '2026-11-21'],
  ["to_iso8601(TIMESTAMP '2026-11-21 10:00:00')", '2026-11-21T10:00:00.000'],
  ["to_iso8601(from_iso8601_timestamp('2026-11-21T12:00:00+02:00'))", '2026-11-21T10:00:00.000Z'],
  ["to_unixtime(TIMESTAMP '1970-01-01 00:00:02')", 2],
  ["year_of_week(DATE '2027-01-01')", 2026],
  ["yow(DATE '2027-01-01')", 2026],
  ['ceiling(1.2)', 2],
  ['greatest(1, 3, 2)', 3],
  ['greatest(1, NULL)', null],
  ['least(2, 1)', 1],
  ['least(NULL, 1)', null],
  ['is_finite(1e0)', true],
  ['is_infinite(1e0)', false],
  ['is_nan(1e0)', false],
  ['truncate(1.7)', 1],
  ['rand() < 1', true],
  ["codepoint('a')", 97],
  ["concat('a', 'b', 'c')", 'abc'],
  ["concat('a', NULL)", null],
  ["from_utf8(to_utf8('é'))", 'é'],
  ["hamming_distance('ab', 'ax')", 1],
  ["levenshtein_distance('ab', 'axb')", 1],
  ["lower('ABC')", 'abc'],
  ["regexp_extract('a12b', '([a-z])(\\d+)', 2)", '12'],
  ["regexp_extract('abc', '\\d+')", null],
  ["regexp_like('say hello', 'h.l')", true],
  ["regexp_replace('a1b2', '\\d')", 'ab'],
  ["regexp_replace('a1b2', '([a-z])(\\d)', '$2$1')", '1a2b'],
  ["regexp_split('a1b', '\\d')", ['a', 'b']],
  ["replace('banana', 'an')", 'ba'],
  ["replace('banana', 'an', 'o')", 'booa'],
  ["split('a,b', ',')", ['a', 'b']],
  ["strpos('banana', 'n')", 3],
  ["from_hex('61') = to_utf8('a')", true],
  ["to_hex(md5(to_utf8('a')))", '0CC175B9C0F1B6A831C399E269772661'],
  ["to_hex(sha1(to_utf8('a')))", '86F7E437FAA5A7FCE15D1DDCB9EAEAEA377667B8'],
  ["to_hex(sha256(to_utf8('a')))", 'CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB'],
  [`json_extract_scalar('{"a":{"b":"x"}}', '$.a.b')`, 'x'],
  [`json_extract_scalar('{"a":{"b":"x"}}', '$.a')`, null],
  [`json_array_get('[5, 6]', 1)`, '6'],
  [`json_format(json_parse('{"a": 1}'))`, '{"a":1}'],
  ["try_cast('x' AS integer)", null],
  ["try(CAST('x' AS integer))", null],
  ["if(1 > 2, 'a', 'b')", 'b'],
];

describe('a statement in Athena’s words', () => {
  it.each(examples)('%s is %p', async (expression, value) => expect(await valueOf(expression)).toEqual(value));

  it('has an example of every function that is translated', () => {
    const all = examples.map(([expression]) => expression.toLowerCase()).join('\n');
    const names = [
      ...Object.keys(renamed),
      ...defined.map((definition) => definition.slice(0, definition.indexOf('('))),
    ];
    expect(names.filter((name) => /^\w/.test(name) && !new RegExp(`\\b${name}\\(`).test(all))).toEqual([]);
  });

  it('is not translated inside of texts, names and comments', async () => {
    expect(await valueOf(`'arbitrary(' /* arbitrary( */ AS "arbitrary(" -- every(`)).toBe('arbitrary(');
  });

  it.each([
    ["date_format(current_date, '%D')", 'date_format and date_parse do not cover %D on the laptop'],
    ["format_datetime(current_date, 'GG')", 'format_datetime and parse_datetime do not cover GG on the laptop'],
    ['7 / 0', 'DIVISION_BY_ZERO: Division by zero'],
    ['10 / x FROM (VALUES (0)) AS t(x)', 'DIVISION_BY_ZERO: Division by zero'],
    ["date_parse('x', lower('%Y'))", 'the format of date_parse has to be a text in quotes'],
  ])('%s is refused', async (expression, reason) => {
    await expect(valueOf(expression)).rejects.toMatchObject({
      name: 'SqlError',
      message: expect.stringContaining(reason),
    });
  });
});
