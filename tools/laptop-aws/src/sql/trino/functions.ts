/**
 * Functions that Athena (Trino) has under another name than DuckDB, with the same arguments and the same meaning:
 * https://trino.io/docs/current/functions.html. Renamed in the statement, so that DISTINCT, FILTER, OVER and ORDER BY
 * work with the aggregates among them.
 */
export const renamed: Readonly<Record<string, string>> = {
  approx_distinct: 'approx_count_distinct',
  approx_percentile: 'approx_quantile',
  arbitrary: 'any_value',
  array_join: 'array_to_string',
  array_max: 'list_max',
  array_min: 'list_min',
  ceiling: 'ceil',
  codepoint: 'unicode',
  // DuckDB's date_diff counts the boundaries between two times, Trino's the whole units that have passed.
  date_diff: 'date_sub',
  day_of_month: 'day',
  day_of_week: 'isodow',
  day_of_year: 'dayofyear',
  dow: 'isodow',
  doy: 'dayofyear',
  every: 'bool_and',
  from_utf8: 'decode',
  hamming_distance: 'hamming',
  is_finite: 'isfinite',
  is_infinite: 'isinf',
  is_nan: 'isnan',
  json_parse: 'json',
  last_day_of_month: 'last_day',
  levenshtein_distance: 'levenshtein',
  regexp_like: 'regexp_matches',
  regexp_split: 'regexp_split_to_array',
  rand: 'random',
  sequence: 'generate_series',
  to_hex: 'hex',
  to_unixtime: 'epoch',
  to_utf8: 'encode',
  transform: 'list_transform',
  truncate: 'trunc',
  year_of_week: 'isoyear',
  yow: 'isoyear',
};

const units = ['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
const interval = `(CASE lower(unit) ${units
  .map((unit) => `WHEN '${unit}' THEN ${unit === 'quarter' ? 'to_months(value * 3)' : `to_${unit}s(value)`}`)
  .join(' ')} ELSE error('date_add takes ${units.join(', ')}') END)`;

const mostArguments = 16;

/** Every argument or nothing: Trino's answer is NULL as soon as one of them is, where DuckDB leaves that one out. */
const strict = (name: string, join: (args: readonly string[]) => string): string[] =>
  Array.from({ length: mostArguments - 1 }, (_, index) => {
    const args = Array.from({ length: index + 2 }, (_each, arg) => `arg${arg}`);
    return `${name}(${args.join(', ')}) := ${join(args)}`;
  });
const ifAllThere = (call: string) => (args: readonly string[]) =>
  `CASE WHEN ${args.map((arg) => `${arg} IS NOT NULL`).join(' AND ')} THEN system.main.${call}(${args.join(', ')}) END`;

/**
 * Functions that DuckDB lacks, or has with another meaning: `name(parameters) := expression`. Several of one name are
 * told apart by the number and the types of the arguments.
 */
export const defined: readonly string[] = [
  // What `/` is with integer_division. A cast that fails stands for the error, as TRY takes no error().
  `"//"(a, b) := CASE WHEN b = 0 AND typeof(b) NOT IN ('FLOAT', 'DOUBLE') THEN CAST('DIVISION_BY_ZERO' AS TINYINT) ELSE system.main.divide(a, b) END`,
  ...strict('concat', (args) => args.join(' || ')),
  ...strict('greatest', ifAllThere('greatest')),
  ...strict('least', ifAllThere('least')),
  'array_position(x, element) := coalesce(list_position(x, element), 0)',
  'at_timezone(t, zone) := timezone(zone, t)',
  'cardinality(x) := len(x)',
  'date(x) := CAST(x AS DATE)',
  `date_add(unit, value, t DATE) := CAST(t + ${interval} AS DATE)`,
  `date_add(unit, value, t TIMESTAMP) := t + ${interval}`,
  `date_add(unit, value, t TIMESTAMPTZ) := t + ${interval}`,
  'date_trunc(unit, t DATE) := CAST(system.main.date_trunc(unit, t) AS DATE)',
  'date_trunc(unit, t TIMESTAMP) := system.main.date_trunc(unit, t)',
  'date_trunc(unit, t TIMESTAMPTZ) := system.main.date_trunc(unit, t)',
  'element_at(x, place) := x[place]',
  'from_hex(string) := unhex(string)',
  'from_iso8601_date(string) := CAST(string AS DATE)',
  'from_iso8601_timestamp(string) := CAST(string AS TIMESTAMPTZ)',
  'from_unixtime(seconds) := to_timestamp(seconds)',
  `json_array_get(x, place) := json_extract(x, '$[' || place || ']')`,
  `json_extract_scalar(x, path) := CASE WHEN json_type(x, path) NOT IN ('OBJECT', 'ARRAY') THEN json_extract_string(x, path) END`,
  'json_format(x) := CAST(x AS VARCHAR)',
  'map_agg(k, v) := map(list(k), list(v))',
  'md5(bytes BLOB) := unhex(system.main.md5(bytes))',
  'sha1(bytes BLOB) := unhex(system.main.sha1(bytes))',
  'sha256(bytes BLOB) := unhex(system.main.sha256(bytes))',
  'regexp_extract(string, pattern) := CASE WHEN regexp_matches(string, pattern) THEN system.main.regexp_extract(string, pattern) END',
  `regexp_extract(string, pattern, part) := CASE WHEN regexp_matches(string, pattern) THEN system.main.regexp_extract(string, pattern, part) END`,
  `regexp_replace(string, pattern) := system.main.regexp_replace(string, pattern, '', 'g')`,
  String.raw`regexp_replace(string, pattern, replacement) := system.main.regexp_replace(string, pattern, system.main.regexp_replace(replacement, '\$(\d)', '\\\1', 'g'), 'g')`,
  `replace(string, search) := system.main.replace(string, search, '')`,
  'replace(string, search, replacement) := system.main.replace(string, search, replacement)',
  'slice(x, first, length) := list_slice(x, first, first + length - 1)',
  `to_iso8601(t DATE) := strftime(t, '%Y-%m-%d')`,
  `to_iso8601(t TIMESTAMP) := strftime(t, '%Y-%m-%dT%H:%M:%S.%g')`,
  `to_iso8601(t TIMESTAMPTZ) := strftime(timezone('UTC', t), '%Y-%m-%dT%H:%M:%S.%gZ')`,
];

/** One statement that defines them all, in the schema `main`. */
export const definitions = (): string =>
  Object.entries(Object.groupBy(defined, (definition) => definition.slice(0, definition.indexOf('('))))
    .map(([name, overloads = []]) => {
      const bodies = overloads.map((each) => each.slice(name.length).replace(' := ', ' AS '));
      return `CREATE MACRO main.${name}${bodies.join(', ')};`;
    })
    .join('\n');
