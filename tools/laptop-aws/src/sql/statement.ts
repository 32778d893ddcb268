import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { readingFunctions, writingScalars } from './allowed-functions.ts';
import { SqlError } from './sql-error.ts';

const onlyReads =
  'Only one reading statement is run here: SELECT, WITH … SELECT, VALUES, EXPLAIN, SHOW, DESCRIBE or SUMMARIZE.';

/**
 * Checks by DuckDB's own parser that a text is exactly one statement that only reads. Nothing is planned for that:
 * planning has effects of its own. Needed beside DuckDB's locks: COPY writes into allowed folders, and so do some
 * functions that a SELECT can call.
 *
 * @throws SqlError when it is not, or calls a function that does more than read
 */
export const checkParsed = async (connection: DuckDBConnection, sql: string): Promise<void> => {
  const parsed = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const tree = JSON.parse(String(parsed.getRows()[0]?.[0])) as ParsedSql;
  if (tree.error) {
    throw new SqlError(tree.error_type === 'parser' ? await syntaxError(connection, sql) : onlyReads);
  }
  const statements = tree.statements?.length ?? 0;
  if (statements === 0) throw new SqlError(`There is no statement. ${onlyReads}`);
  if (statements > 1) throw new SqlError(`There are ${statements} statements. ${onlyReads}`);
  checkCalls(tree.statements);
};

/**
 * Checks, once more, by the type of what DuckDB prepares of a text.
 *
 * @param wanted EXPLAIN for one that explains @default SELECT
 * @throws SqlError when it is another, or wants values
 */
export const checkPrepared = async (
  connection: DuckDBConnection,
  sql: string,
  wanted = StatementType.SELECT,
): Promise<void> => {
  const prepared = await connection.prepare(sql);
  const { statementType, parameterCount } = prepared;
  prepared.destroySync();
  if (statementType !== wanted) throw new SqlError(onlyReads);
  if (parameterCount > 0)
    throw new SqlError('Parameters (?, $1) have no values here: write the values into the statement.');
};

interface ParsedSql {
  readonly error: boolean;
  readonly error_type?: string;
  readonly statements?: readonly unknown[];
}

/** Looks at every call in a parsed statement, wherever it stands. */
const checkCalls = (node: unknown): void => {
  if (typeof node !== 'object' || node === null) return;
  const { type, function: call, function_name: name } = node as ParsedNode;
  if (type === 'TABLE_FUNCTION' && !readingFunctions.has(call?.function_name?.toLowerCase() ?? ''))
    throw new SqlError(`${call?.function_name ?? 'this function'}() is not run here: it may do more than read.`);
  if (typeof name === 'string' && writingScalars.has(name.toLowerCase()))
    throw new SqlError(`${name}() is not run here: it does more than read.`);
  for (const below of Object.values(node)) checkCalls(below);
};

interface ParsedNode {
  readonly type?: unknown;
  readonly function?: { readonly function_name?: string };
  readonly function_name?: unknown;
}

/** DuckDB's message with the line and the place in it. */
const syntaxError = async (connection: DuckDBConnection, sql: string): Promise<string> => {
  try {
    await connection.extractStatements(sql);
  } catch (error) {
    return (error as Error).message.replace(/^Failed to extract statements: /, '');
  }
  return onlyReads;
};
