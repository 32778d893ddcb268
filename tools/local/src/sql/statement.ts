import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { SqlError } from './sql-error.ts';

const onlyReads =
  'Only one reading statement is run here: SELECT, WITH … SELECT, VALUES, EXPLAIN, SHOW, DESCRIBE or SUMMARIZE.';

/**
 * Checks that a text is exactly one statement that only reads, by DuckDB's own parser and, once more, by the type of
 * what it prepared. Needed beside DuckDB's locks: COPY, and EXPLAIN ANALYZE of a COPY, write into allowed folders.
 *
 * @throws SqlError when it is not
 */
export const checkStatement = async (connection: DuckDBConnection, sql: string): Promise<void> => {
  const reading = withoutExplain(sql);
  const parsed = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [reading]);
  const tree = JSON.parse(String(parsed.getRows()[0]?.[0])) as ParsedSql;
  if (tree.error) {
    throw new SqlError(tree.error_type === 'parser' ? await syntaxError(connection, sql) : onlyReads);
  }
  const statements = tree.statements?.length ?? 0;
  if (statements === 0) throw new SqlError(`There is no statement. ${onlyReads}`);
  if (statements > 1) throw new SqlError(`There are ${statements} statements. ${onlyReads}`);

  const prepared = await connection.prepare(sql);
  const type = prepared.statementType;
  const parameters = prepared.parameterCount;
  prepared.destroySync();
  if (type !== (reading === sql ? StatementType.SELECT : StatementType.EXPLAIN)) throw new SqlError(onlyReads);
  if (parameters > 0)
    throw new SqlError('Parameters (?, $1) have no values here: write the values into the statement.');
};

interface ParsedSql {
  readonly error: boolean;
  readonly error_type?: string;
  readonly statements?: readonly unknown[];
}

const space = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)`;
const explain = new RegExp(String.raw`^${space}*EXPLAIN(?:${space}+ANALYZE)?(?:${space}*\([^()]*\))?(?=${space})`, 'i');

/** The statement that an EXPLAIN explains; any other text as it is. */
export const withoutExplain = (sql: string): string => sql.replace(explain, '');

/** DuckDB's message with the line and the place in it. */
const syntaxError = async (connection: DuckDBConnection, sql: string): Promise<string> => {
  try {
    await connection.extractStatements(sql);
  } catch (error) {
    return (error as Error).message.replace(/^Failed to extract statements: /, '');
  }
  return onlyReads;
};
