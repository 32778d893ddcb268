import { SqlError } from '../sql/sql-error.ts';
import { isToken, literalOf, meaningful, nameOf, type Token, tokensOf } from '../sql/trino/tokens.ts';
import { closing } from '../sql/trino/translate.ts';

/** `UNLOAD (SELECT …) TO 's3://…' WITH (…)`: docs.aws.amazon.com/athena/latest/ug/unload.html */
export interface Unload {
  /** What stands in the brackets. */
  readonly select: string;
  readonly bucket: string;
  /** Of the keys, with a slash at its end. */
  readonly prefix: string;
  readonly format: 'parquet' | 'json' | 'csv';
  /** As DuckDB calls it. */
  readonly compression: string;
  readonly level: number | undefined;
  readonly delimiter: string;
  readonly partitionedBy: readonly string[];
}

const formats: Readonly<Record<string, Unload['format']>> = { PARQUET: 'parquet', JSON: 'json', TEXTFILE: 'csv' };
const compressions: Readonly<Record<Unload['format'], Readonly<Record<string, string>>>> = {
  parquet: { GZIP: 'gzip', SNAPPY: 'snappy', ZSTD: 'zstd', LZ4: 'lz4', NONE: 'uncompressed' },
  json: { GZIP: 'gzip', ZSTD: 'zstd', NONE: 'none' },
  csv: { GZIP: 'gzip', ZSTD: 'zstd', NONE: 'none' },
};

/** @throws SqlError for what is no UNLOAD, and for formats that the laptop does not write */
export const parseUnload = (sql: string): Unload => {
  const words = meaningful(tokensOf(sql)).filter(
    (word, index, all) => !(index === all.length - 1 && isToken(word, ';')),
  );
  const end = closing(words, 1);
  const [to, target, withWord, open] = words.slice(end + 1, end + 5);
  const url = /^s3:\/\/([^/]+)\/(.+?)\/*$/.exec(literalOf(target) ?? '');
  const isWhole =
    isToken(words[1], '(') &&
    isToken(to, 'TO') &&
    url &&
    isToken(withWord, 'WITH') &&
    isToken(open, '(') &&
    closing(words, end + 4) === words.length - 1;
  if (!isWhole) throw new SqlError(`SYNTAX_ERROR: ${usage}`);
  const select = sql.slice((words[1] as Token).at + 1, (words[end] as Token).at);
  const [, bucket, prefix] = url as unknown as [string, string, string];
  return { select, bucket, prefix: `${prefix}/`, ...settingsOf(properties(words.slice(end + 5, -1))) };
};

const usage = `UNLOAD (SELECT …) TO 's3://bucket/prefix/' WITH (format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['date'])`;

/** `name = value, …` as the tokens of each value. */
const properties = (words: readonly Token[]): Map<string, readonly Token[]> => {
  const found = new Map<string, readonly Token[]>();
  let rest = words;
  while (rest.length > 0) {
    const name = nameOf(rest[0])?.toLowerCase();
    if (name === undefined || !isToken(rest[1], '=') || found.has(name)) throw new SqlError(`SYNTAX_ERROR: ${usage}`);
    let depth = 0;
    const length = rest.findIndex((word, index) => {
      if (isToken(word, '[')) depth++;
      if (isToken(word, ']')) depth--;
      return index > 1 && depth === 0 && isToken(word, ',');
    });
    found.set(name, rest.slice(2, length < 0 ? undefined : length));
    rest = length < 0 ? [] : rest.slice(length + 1);
  }
  return found;
};

const settingsOf = (given: ReadonlyMap<string, readonly Token[]>) => {
  const known = ['format', 'compression', 'compression_level', 'field_delimiter', 'partitioned_by'];
  const unknown = [...given.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new SqlError(`INVALID_TABLE_PROPERTY: UNLOAD has no property ${unknown}; it has ${known.join(', ')}`);
  const text = (name: string): string | undefined => {
    const value = given.get(name);
    if (value === undefined) return undefined;
    const literal = value.length === 1 ? literalOf(value[0]) : undefined;
    if (literal === undefined) throw new SqlError(`INVALID_TABLE_PROPERTY: ${name} has to be a text in quotes`);
    return literal;
  };
  const format = formats[text('format')?.toUpperCase() ?? ''];
  if (!format)
    throw new SqlError(`NOT_SUPPORTED: the laptop unloads as ${Object.keys(formats).join(', ')}: name one as format`);
  const compression = compressions[format][text('compression')?.toUpperCase() ?? 'GZIP'];
  if (compression === undefined)
    throw new SqlError(
      `NOT_SUPPORTED: the laptop compresses ${format} with ${Object.keys(compressions[format]).join(', ')}`,
    );
  const level = given
    .get('compression_level')
    ?.map((token) => token.text)
    .join('');
  if (level !== undefined && !/^\d{1,2}$/.test(level))
    throw new SqlError('INVALID_TABLE_PROPERTY: compression_level has to be a number');
  return {
    format,
    compression,
    level: level === undefined ? undefined : Number(level),
    delimiter: text('field_delimiter') ?? '\u0001',
    partitionedBy: arrayOf(given.get('partitioned_by')),
  };
};

const arrayOf = (value: readonly Token[] | undefined): string[] => {
  if (value === undefined) return [];
  const inside = value
    .slice(2, -1)
    .filter((_, index) => index % 2 === 0)
    .map(literalOf);
  const isArray = isToken(value[0], 'ARRAY') && isToken(value[1], '[') && isToken(value.at(-1), ']');
  if (!isArray || inside.length === 0 || inside.includes(undefined))
    throw new SqlError(`INVALID_TABLE_PROPERTY: partitioned_by has to be ARRAY['column', …]`);
  return inside as string[];
};
