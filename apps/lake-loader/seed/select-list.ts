import type { GlueColumn } from '@acme/telemetry-schema';

const scalarTypes: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/**
 * The DuckDB type whose Parquet column a Hive type reads.
 *
 * @throws Error for a type that has none here
 */
export const sqlType = (hiveType: string): string => {
  const ofItems = /^array<(.*)>$/.exec(hiveType)?.[1];
  if (ofItems !== undefined) return `${sqlType(ofItems)}[]`;
  const type = scalarTypes[hiveType];
  if (type === undefined) throw new Error(`columns of type ${hiveType} have no DuckDB type; give it one here`);
  return type;
};

/**
 * What a SELECT must list so that a file has exactly the columns of a table, in their order and types.
 *
 * @param made how some of the columns are made, as expressions; the others are NULL
 */
export const selectList = (columns: readonly GlueColumn[], made: Readonly<Record<string, string>>): string =>
  columns.map(({ name, type }) => `${made[name] ?? `NULL::${sqlType(type)}`} AS "${name}"`).join(', ');
