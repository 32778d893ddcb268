import { DuckDBEnumType, type DuckDBLogicalType, DuckDBTypeId, ENUM } from '@duckdb/node-api';

/** A column of words that are given by their numbers; DuckDB reads it as an enumeration. */
export interface WordColumn {
  readonly type: DuckDBEnumType;
  readonly values: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
}

/**
 * @param words by their numbers, from 0
 * @param rows how many values it holds at a time
 */
export const wordColumn = (words: readonly string[], rows: number): WordColumn => {
  const { internalTypeId } = ENUM(words);
  return { type: new Words(words, internalTypeId), values: new (arrays[internalTypeId] ?? Uint32Array)(rows) };
};

/** As wide as DuckDB keeps the numbers. */
const arrays = { [DuckDBTypeId.UTINYINT]: Uint8Array, [DuckDBTypeId.USMALLINT]: Uint16Array } as Partial<
  Record<DuckDBTypeId, typeof Uint8Array | typeof Uint16Array>
>;

/** An enumeration whose words are handed to DuckDB once, not again for every query. */
class Words extends DuckDBEnumType {
  #handedOver: DuckDBLogicalType | undefined;

  override toLogicalType(): DuckDBLogicalType {
    return (this.#handedOver ??= super.toLogicalType());
  }
}

/** All numbers of so many digits, such as `007`. */
export const numbersOf = (digits: number, base = 10): string[] => numbersBelow(base ** digits, digits, base);

export const numbersBelow = (limit: number, digits: number, base = 10): string[] =>
  Array.from({ length: limit }, (_, value) => value.toString(base).padStart(digits, '0'));
