import * as z from 'zod';

const Table = z.object({ TableName: z.string() });

/** What the operations have in common, as far as it names tables. */
const Input = z.object({
  TableName: z.string().optional(),
  /** Of BatchGetItem, and of BatchWriteItem. */
  RequestItems: z
    .record(z.string(), z.union([z.array(z.unknown()), z.object({ Keys: z.array(z.unknown()) })]))
    .optional(),
  TransactItems: z.array(z.record(z.string(), Table)).optional(),
});

/**
 * The tables that a request names, each with how many of its items it is about; none where the body is not one that
 * DynamoDB would read. Parses all of it: meant for requests that were refused.
 */
export const requestedTables = (body: Buffer): ReadonlyMap<string, number> => {
  const items = new Map<string, number>();
  const add = (table: string, count = 1): void => void items.set(table, (items.get(table) ?? 0) + count);
  const { TableName, RequestItems = {}, TransactItems = [] } = Input.safeParse(json(body)).data ?? {};
  if (TableName !== undefined) add(TableName);
  for (const [table, requests] of Object.entries(RequestItems))
    add(table, Array.isArray(requests) ? requests.length : requests.Keys.length);
  for (const action of TransactItems) for (const each of Object.values(action)) add(each.TableName);
  return items;
};

const json = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};
