import { glueColumnsOf, type TableName, tables } from '@acme/telemetry-schema';

/** What a column asks of a value that is not null, as JSON writes it. */
export interface ColumnRule {
  readonly takes: (json: string) => boolean;
  /** Says what it asks for. */
  readonly is: string;
}

/** What a strict reader asks of the rows of a table. */
export interface RowRules {
  /** Every column; undefined is one that takes whatever JSON has, as text does. */
  readonly columns: ReadonlyMap<string, ColumnRule | undefined>;
  /** Whether rows are events: with an id and an instant. */
  readonly areEvents: boolean;
}

/**
 * The rules of a table.
 *
 * @param table of the contract, or the columns of any other, with Hive's types
 */
export const rowRules = (table: TableName | readonly { readonly name: string; readonly type: string }[]): RowRules => {
  const columns = typeof table === 'string' ? glueColumnsOf(tables[table].schema) : table;
  return {
    columns: new Map(columns.map(({ name, type }) => [name, rules[type]])),
    areEvents: ['event_id', 'event_timestamp'].every((wanted) => columns.some(({ name }) => name === wanted)),
  };
};

// As the readers of the catalogue take them: a number may stand in quotes, and a whole number has neither fraction nor
// exponent (`60.0` is one for DuckDB and Trino, and none for the older OpenX reader).

const unquoted = (json: string): string => (json.startsWith('"') ? json.slice(1, -1) : json);

const isWhole = (json: string, most: bigint): boolean => {
  const digits = unquoted(json);
  if (!/^-?\d{1,19}$/.test(digits)) return false;
  return digits.length < 10 || (BigInt(digits) <= most && BigInt(digits) >= -most - 1n);
};

const rules: Readonly<Record<string, ColumnRule>> = {
  int: { takes: (json) => isWhole(json, 2n ** 31n - 1n), is: 'a whole number of 32 bits' },
  bigint: { takes: (json) => isWhole(json, 2n ** 63n - 1n), is: 'a whole number of 64 bits' },
  double: { takes: (json) => /^"?-?\d/.test(json) && Number.isFinite(Number(unquoted(json))), is: 'a number' },
  boolean: { takes: (json) => /^"?(?:true|false)"?$/.test(json), is: 'true or false' },
};
