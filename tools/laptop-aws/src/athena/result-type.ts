import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import { quotedName, quotedText } from '../sql/column-type.ts';
import type { ResultColumn } from './execution.ts';

/** By DuckDB's type: Athena's name and precision, as its ResultSetMetadata has them. */
const simple: Partial<Record<DuckDBTypeId, readonly [type: string, precision: number]>> = {
  [DuckDBTypeId.BOOLEAN]: ['boolean', 0],
  [DuckDBTypeId.TINYINT]: ['tinyint', 3],
  [DuckDBTypeId.UTINYINT]: ['smallint', 5],
  [DuckDBTypeId.SMALLINT]: ['smallint', 5],
  [DuckDBTypeId.USMALLINT]: ['integer', 10],
  [DuckDBTypeId.INTEGER]: ['integer', 10],
  [DuckDBTypeId.UINTEGER]: ['bigint', 19],
  [DuckDBTypeId.BIGINT]: ['bigint', 19],
  [DuckDBTypeId.UBIGINT]: ['bigint', 19],
  // What SUM and COUNT_IF of integers give here; bigint in Athena.
  [DuckDBTypeId.HUGEINT]: ['bigint', 19],
  [DuckDBTypeId.UHUGEINT]: ['bigint', 19],
  [DuckDBTypeId.FLOAT]: ['float', 17],
  [DuckDBTypeId.DOUBLE]: ['double', 17],
  [DuckDBTypeId.DATE]: ['date', 0],
  [DuckDBTypeId.TIME]: ['time', 3],
  [DuckDBTypeId.TIMESTAMP]: ['timestamp', 3],
  [DuckDBTypeId.TIMESTAMP_S]: ['timestamp', 3],
  [DuckDBTypeId.TIMESTAMP_MS]: ['timestamp', 3],
  [DuckDBTypeId.TIMESTAMP_NS]: ['timestamp', 3],
  [DuckDBTypeId.TIMESTAMP_TZ]: ['timestamp with time zone', 3],
  [DuckDBTypeId.INTERVAL]: ['interval day to second', 0],
  [DuckDBTypeId.BLOB]: ['varbinary', 1_073_741_824],
  [DuckDBTypeId.LIST]: ['array', 0],
  [DuckDBTypeId.ARRAY]: ['array', 0],
  [DuckDBTypeId.MAP]: ['map', 0],
  [DuckDBTypeId.STRUCT]: ['row', 0],
  [DuckDBTypeId.SQLNULL]: ['unknown', 0],
};

/** A column of a result as Athena describes it. */
export const resultColumn = (name: string, type: DuckDBType): ResultColumn => {
  if (type instanceof DuckDBDecimalType) return { name, type: 'decimal', precision: type.width, scale: type.scale };
  const [athena, precision] = simple[type.typeId] ?? ['varchar', 2_147_483_647];
  return { name, type: athena, precision, scale: 0 };
};

/** A value of a type as text, the way Athena writes it into a result; NULL stays NULL. */
export const asText = (value: string, type: DuckDBType): string => {
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) {
    return `CASE WHEN ${value} IS NOT NULL THEN '[' || ${joined(`list_transform(${value}, lambda x: ${orNull('x', type.valueType)})`)} || ']' END`;
  }
  if (type instanceof DuckDBMapType) {
    const entry = `${orNull('x.key', type.keyType)} || '=' || ${orNull('x.value', type.valueType)}`;
    return `CASE WHEN ${value} IS NOT NULL THEN '{' || ${joined(`list_transform(map_entries(${value}), lambda x: ${entry})`)} || '}' END`;
  }
  if (type instanceof DuckDBStructType) {
    const fields = type.entryNames.map(
      (name, index) =>
        `${quotedText(`${name}=`)} || ${orNull(`(${value}).${quotedName(name)}`, type.entryTypes[index] as DuckDBType)}`,
    );
    return `CASE WHEN ${value} IS NOT NULL THEN '{' || ${fields.join(` || ', ' || `)} || '}' END`;
  }
  return scalarAsText(value, type.typeId);
};

const scalarAsText = (value: string, type: DuckDBTypeId): string => {
  switch (type) {
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return javaNumber(value);
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return `strftime(CAST(${value} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')`;
    case DuckDBTypeId.TIMESTAMP_TZ:
      return `strftime(timezone('UTC', ${value}), '%Y-%m-%d %H:%M:%S.%g UTC')`;
    case DuckDBTypeId.BLOB:
      return String.raw`rtrim(system.main.regexp_replace(lower(hex(${value})), '(..)', '\1 ', 'g'))`;
    default:
      return `CAST(${value} AS VARCHAR)`;
  }
};

const orNull = (value: string, type: DuckDBType): string => `coalesce(${asText(value, type)}, 'null')`;
const joined = (list: string): string => `coalesce(array_to_string(${list}, ', '), '')`;

/** As Java's Double.toString has it, and so Athena: 0.5, 1.2345678E7, 1.0E-4. */
const javaNumber = (value: string): string => {
  const text = `CAST(${value} AS VARCHAR)`;
  const part = (index: number): string =>
    String.raw`system.main.regexp_extract(${text}, '^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$', ${index})`;
  const digits = `ltrim(${part(2)} || ${part(3)}, '0')`;
  const places = `CASE WHEN ${part(2)} <> '0' THEN length(${part(2)}) - 1 ELSE length(ltrim(${part(3)}, '0')) - length(${part(3)}) - 1 END`;
  const exponent = `(${places} + coalesce(TRY_CAST(${part(4)} AS INTEGER), 0))`;
  const mantissa = `${digits}[1] || '.' || coalesce(nullif(rtrim(substr(${digits}, 2), '0'), ''), '0')`;
  return `CASE WHEN isnan(${value}) THEN 'NaN' WHEN isinf(${value}) THEN CASE WHEN ${value} > 0 THEN 'Infinity' ELSE '-Infinity' END
    WHEN ${value} = 0 OR abs(${value}) >= 1e-3 AND abs(${value}) < 1e7 THEN ${text}
    ELSE ${part(1)} || ${mantissa} || 'E' || ${exponent} END`;
};
