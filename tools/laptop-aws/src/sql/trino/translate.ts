import { quotedText } from '../column-type.ts';
import { SqlError } from '../sql-error.ts';
import { jodaFormat, mySqlFormat } from './formats.ts';
import { renamed } from './functions.ts';
import { isToken, literalOf, meaningful, nameOf, type Token, tokensOf } from './tokens.ts';
import { withoutComments } from './without-comments.ts';

/** The column that every table of the lake has and `*` leaves out: the object a row comes from, as `s3://…`. */
export const pathColumn = '$path';

/** Whether a statement asks for it. */
export const asksForPath = (sql: string): boolean => tokensOf(sql).some(isPath);

const isPath = (token: Token): boolean => token.kind === 'quoted' && nameOf(token) === pathColumn;

/** Functions whose last argument is a format, each with what DuckDB calls it and the format's letters. */
const formatted: Readonly<Record<string, readonly [name: string, format: (text: string) => string]>> = {
  date_format: ['strftime', mySqlFormat],
  date_parse: ['strptime', mySqlFormat],
  format_datetime: ['strftime', jodaFormat],
  parse_datetime: ['strptime', jodaFormat],
};

/**
 * A statement of Athena's dialect in DuckDB's words. Most is the same in both; the names of some functions and the
 * letters of formats are replaced, and what DuckDB lacks is defined there (see `functions.ts`). Places in the text move
 * by what is replaced; comments become blanks.
 *
 * @throws SqlError for a format that is not covered, and for comments within comments
 */
export const translate = (sql: string): string => {
  const tokens = tokensOf(sql);
  const words = meaningful(tokens);
  const hidesPath = words.some(isPath);
  const written = new Map<Token, string>();
  for (const [index, word] of words.entries()) {
    if (isCall(words, index)) translateCall(words, index, written);
    if (isColumnsTable(words, index)) tellTypes(words, index, written);
    if (hidesPath && isAllColumns(words, index)) written.set(word, `* NOT LIKE ${quotedText(pathColumn)}`);
  }
  return withoutComments(tokens, written);
};

const isCall = (words: readonly Token[], index: number): boolean =>
  words[index]?.kind === 'word' && isToken(words[index + 1], '(') && !isToken(words[index - 1], '.');

const translateCall = (words: readonly Token[], index: number, written: Map<Token, string>): void => {
  const call = words[index] as Token;
  const name = call.text.toLowerCase();
  const [withFormat, inStrftime] = (Object.hasOwn(formatted, name) && formatted[name]) || [];
  if (inStrftime && withFormat !== undefined) {
    const last = words[closing(words, index + 1) - 1];
    const format = literalOf(last);
    if (last === undefined || format === undefined) {
      throw new SqlError(`INVALID_FUNCTION_ARGUMENT: on the laptop the format of ${name} has to be a text in quotes`);
    }
    written.set(call, withFormat).set(last, quotedText(inStrftime(format)));
  } else if (Object.hasOwn(renamed, name)) written.set(call, renamed[name] as string);
};

/** Whether `information_schema.columns` stands here as a table that is read. */
const isColumnsTable = (words: readonly Token[], index: number): boolean =>
  ['FROM', 'JOIN', ','].some((before) => isToken(words[index - 1], before)) &&
  nameOf(words[index])?.toLowerCase() === 'information_schema' &&
  isToken(words[index + 1], '.') &&
  nameOf(words[index + 2])?.toLowerCase() === 'columns';

/** DuckDB tells types in its own words there, and Trino in these. */
const tellTypes = (words: readonly Token[], index: number, written: Map<Token, string>): void => {
  const [schema, , table] = words.slice(index, index + 3) as [Token, Token, Token];
  const type = `CASE WHEN data_type = 'FLOAT' THEN 'real' WHEN data_type = 'BLOB' THEN 'varbinary' WHEN data_type = 'TIMESTAMP' THEN 'timestamp(3)' WHEN ends_with(data_type, '[]') THEN 'array(' || lower(data_type[:-3]) || ')' ELSE lower(data_type) END`;
  written.set(schema, `(SELECT * REPLACE (${type} AS data_type) FROM information_schema`).set(table, 'columns)');
};

/** Where the bracket closes that is open at an index, or the end. */
export const closing = (words: readonly Token[], open: number): number => {
  let depth = 0;
  for (let index = open; index < words.length; index++) {
    if (isToken(words[index], '(')) depth++;
    if (isToken(words[index], ')') && --depth === 0) return index;
  }
  return words.length;
};

/** Whether a sign is the `*` of a list of columns, not one that multiplies or that of COUNT(*). */
const isAllColumns = (words: readonly Token[], index: number): boolean =>
  isToken(words[index], '*') &&
  ['SELECT', 'DISTINCT', 'ALL', ',', '.'].some((before) => isToken(words[index - 1], before)) &&
  (words[index + 1] === undefined || [',', ')', ';', 'FROM'].some((after) => isToken(words[index + 1], after)));
