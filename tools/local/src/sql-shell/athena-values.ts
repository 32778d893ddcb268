import type { Column, Row } from '@acme/laptop-aws/sql';
import type { ColumnInfo, Row as AthenaRow } from '@aws-sdk/client-athena';
import type { Json } from '@duckdb/node-api';

/** Athena's columns, told apart where the statement gives two one name, with their types in capitals as DuckDB's. */
export const columnsOf = (infos: readonly ColumnInfo[]): Column[] => {
  const seen = new Map<string, number>();
  return infos.map(({ Name = '', Type = '' }) => {
    const before = seen.get(Name) ?? 0;
    seen.set(Name, before + 1);
    return { name: before === 0 ? Name : `${Name}:${before}`, type: Type.toUpperCase() };
  });
};

/** A row of Athena's text as values: numbers wherever a number is exact, as `queryLake` gives them. */
export const rowOf = (columns: readonly Column[], { Data = [] }: AthenaRow): Row =>
  Object.fromEntries(columns.map(({ name, type }, index) => [name, valueOf(type, Data[index]?.VarCharValue)]));

const valueOf = (type: string, text: string | undefined): Json => {
  if (text === undefined) return null;
  if (type === 'BOOLEAN') return text === 'true';
  if (!/^(TINYINT|SMALLINT|INTEGER|INT|BIGINT|FLOAT|REAL|DOUBLE|DECIMAL)/.test(type)) return text;
  const number = Number(text);
  const isExact = /INT/.test(type) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isExact && (!type.startsWith('DECIMAL') || String(number) === text) ? number : text;
};
