import { AwsError } from '../aws/aws-error.ts';
import { duckDbType, quotedName } from '../sql/column-type.ts';
import { openDuckDb } from '../sql/open-duckdb.ts';
import type { Partition } from '../sql/partitions.ts';
import { meaningful, nameOf, type Token, tokensOf } from '../sql/trino/tokens.ts';
import type { TableInput } from './table-input.ts';

/** The words and signs of an expression beside names and values (Glue API reference, GetPartitions, "Expression"). */
const words = new Set(['AND', 'OR', 'NOT', 'IN', 'LIKE', 'BETWEEN', 'IS', 'NULL', 'DATE', 'TIMESTAMP']);
const signs = new Set(['=', '<', '>', '!', '(', ')', ',', '-']);

/**
 * The partitions that an expression of GetPartitions means, in their order: `year = '2026' AND month IN ('10', '11')`.
 * DuckDB evaluates it, once nothing is in it but keys, values and the operators that Glue has.
 *
 * @throws AwsError InvalidInputException that names what is wrong
 */
export const partitionsThat = async (
  expression: string,
  { PartitionKeys }: TableInput,
  partitions: readonly Partition[],
): Promise<Partition[]> => {
  const condition = checked(expression, PartitionKeys);
  if (partitions.length === 0) return [];
  const columns = PartitionKeys.map(
    ({ Name, Type }) => `TRY_CAST(${quotedName(Name)} AS ${duckDbType(Type)}) AS ${quotedName(Name)}`,
  );
  const names = PartitionKeys.map(({ Name }) => quotedName(Name));
  const rows = partitions.map(
    (_, row) => `(${[row, ...names.map((_name, key) => `$${row * names.length + key + 1}`)].join(', ')})`,
  );
  const sql = `SELECT row FROM (SELECT row, ${columns.join(', ')} FROM (VALUES ${rows.join(', ')}) AS given(row, ${names.join(', ')})) WHERE ${condition} ORDER BY row`;
  const duckDb = await openDuckDb(':memory:', { enable_external_access: 'false', lock_configuration: 'true' });
  try {
    const connection = await duckDb.connect();
    const result = await connection.runAndReadAll(
      sql,
      partitions.flatMap(({ values }) => [...values]),
    );
    return result.getRows().map(([row]) => partitions[Number(row)] as Partition);
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n');
    throw invalid(line);
  } finally {
    duckDb.closeSync();
  }
};

/** The expression, written again from its parts. */
const checked = (expression: string, keys: TableInput['PartitionKeys']): string => {
  const tokens = meaningful(tokensOf(expression));
  if (tokens.length === 0) return 'true';
  return tokens
    .map((token) => written(token, keys))
    .join(' ')
    .replaceAll('! =', '!=')
    .replaceAll('< =', '<=')
    .replaceAll('> =', '>=')
    .replaceAll('< >', '<>');
};

const written = (token: Token, keys: TableInput['PartitionKeys']): string => {
  if (token.kind === 'text' || token.kind === 'number') return token.text;
  if (token.kind === 'sign' && signs.has(token.text)) return token.text;
  if (token.kind === 'word' && words.has(token.text.toUpperCase())) return token.text;
  const key = keys.find(({ Name }) => Name.toLowerCase() === nameOf(token)?.toLowerCase());
  if (key) return quotedName(key.Name);
  const known = keys.map(({ Name }) => Name).join(', ') || 'none';
  throw invalid(`${token.text} is neither a partition key (${known}) nor an operator of Glue's`);
};

const invalid = (why: string): AwsError => new AwsError('InvalidInputException', `Expression: ${why}`);
