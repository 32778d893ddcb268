import { DuckDBEnumType, type DuckDBLogicalType, DuckDBTypeId, ENUM } from '@duckdb/node-api';

/** Words that are given by their numbers, from 0; handed to DuckDB as an enumeration once, not again for every query. */
export class Words extends DuckDBEnumType {
  #handedOver: DuckDBLogicalType | undefined;

  constructor(words: readonly string[]) {
    super(words, ENUM(words).internalTypeId);
  }

  override toLogicalType(): DuckDBLogicalType {
    return (this.#handedOver ??= super.toLogicalType());
  }
}

/** A column of words, as their numbers. */
export interface WordColumn {
  readonly type: Words;
  readonly values: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
}

/** @param rows how many values it holds at a time */
export const wordColumn = (type: Words, rows: number): WordColumn => ({
  type,
  values: new (arrays[type.internalTypeId] ?? Uint32Array)(rows),
});

/** As wide as DuckDB keeps the numbers. */
const arrays: Partial<Record<DuckDBTypeId, typeof Uint8Array | typeof Uint16Array>> = {
  [DuckDBTypeId.UTINYINT]: Uint8Array,
  [DuckDBTypeId.USMALLINT]: Uint16Array,
};

/** All numbers of so many digits, such as `007`. */
export const numbersOf = (digits: number, base = 10): string[] => numbersBelow(base ** digits, digits, base);

export const numbersBelow = (limit: number, digits: number, base = 10): string[] =>
  Array.from({ length: limit }, (_, value) => value.toString(base).padStart(digits, '0'));
