import {
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  type DuckDBValueConverter,
  type Json,
  JsonDuckDBValueConverter,
} from '@duckdb/node-api';

/** A value as JSON has it: numbers wherever a number is exact (DuckDB's own converter writes BIGINT as text). */
export const jsonValue: DuckDBValueConverter<Json> = (
  value: DuckDBValue,
  type: DuckDBType,
  converter: DuckDBValueConverter<Json>,
): Json | null => {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  const json = JsonDuckDBValueConverter(value, type, converter);
  if (type.typeId === DuckDBTypeId.DECIMAL && typeof json === 'string') {
    const number = Number(json);
    return number.toFixed(decimals(json)) === json ? number : json;
  }
  return json;
};

const decimals = (text: string): number => Math.min(100, text.split('.')[1]?.length ?? 0);
