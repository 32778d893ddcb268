import * as z from 'zod';

/** The part of JSON Schema that ledger entries are made of. */
interface Node {
  readonly type?: string;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
}

const simple: Readonly<Record<string, string>> = { string: 'VARCHAR', integer: 'BIGINT', boolean: 'BOOLEAN' };

const typeOf = ({ type = '', items, properties }: Node): string => {
  if (type === 'array' && items) return `${typeOf(items)}[]`;
  if (type === 'object' && properties) {
    return `STRUCT(${Object.entries(properties)
      .map(([name, field]) => `"${name}" ${typeOf(field)}`)
      .join(', ')})`;
  }
  const known = simple[type];
  if (known === undefined) throw new TypeError(`the audit knows no column for a ${type || 'choice of types'}`);
  return known;
};

/** Names and DuckDB types of what is read from JSON. */
export type Columns = Readonly<Record<string, string>>;

/** The columns of a ledger entry: the fields of its schema, on whose types DuckDB then insists. */
export const columnsOf = (schema: z.ZodObject): Columns => {
  const { properties = {} } = z.toJSONSchema(schema) as Node;
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, typeOf(field)]));
};
