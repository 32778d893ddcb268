import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isTransient } from '@acme/lambda-kit';
import { type Item, keyAttribute, lookupKey } from '../dimensions/index.ts';
import type { Asked } from './known.ts';

/** Keys that one call may have, over all tables (limit: BatchGetItem API reference). */
export const mostKeys = 100;

/** What a call gave: items of those that are there, and those that DynamoDB had no room for. */
export interface Got {
  readonly items: readonly (Asked & { readonly item: Item })[];
  readonly left: readonly Asked[];
}

/**
 * Reads the items of at most 100 keys, each asked for once. A call that fails for a reason that passes leaves all of
 * them.
 *
 * @throws MissingTableError; what else DynamoDB refuses for good, such as a missing permission
 */
export type BatchGet = (asked: readonly Asked[]) => Promise<Got>;

/** DynamoDB as a reader of lookup tables. @param tables by the name of the dimension */
export const batchGet =
  (client: DynamoDBClient, tables: ReadonlyMap<string, string>): BatchGet =>
  async (asked) => {
    const byTable = Map.groupBy(asked, ({ dimension }) => tableOf(tables, dimension.name));
    const RequestItems = Object.fromEntries(
      Array.from(byTable, ([table, some]) => [table, { Keys: some.map(({ key }) => lookupKey(key)) }]),
    );
    try {
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(new BatchGetItemCommand({ RequestItems }));
      const items: (Asked & { readonly item: Item })[] = [];
      const left: Asked[] = [];
      for (const [table, some] of byTable) {
        const known = new Map(Responses[table]?.map((item) => [item[keyAttribute]?.S, item]));
        const unread = new Set(UnprocessedKeys[table]?.Keys?.map((key: Item) => key[keyAttribute]?.S));
        for (const one of some) {
          const item: Record<string, AttributeValue> | undefined = known.get(one.key);
          if (item) items.push({ ...one, item });
          else if (unread.has(one.key)) left.push(one);
        }
      }
      return { items, left };
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException')
        throw new MissingTableError([...byTable.keys()], { cause: error });
      if (!isTransient(error)) throw error;
      return { items: [], left: asked };
    }
  };

const tableOf = (tables: ReadonlyMap<string, string>, dimension: string): string => {
  const table = tables.get(dimension);
  if (table === undefined) throw new Error(`LOOKUP_TABLES names no table for ${dimension}`);
  return table;
};

/** A lookup table is not there. DynamoDB does not say which. Nothing is lost: the batch comes again until it is. */
export class MissingTableError extends Error {
  override readonly name = 'MissingTableError';

  constructor(tables: readonly string[], options: { readonly cause: unknown }) {
    super(
      `one of the lookup tables ${tables.join(', ')} is missing; deploy the enricher's stack, then load it with ` +
        'nx run enricher:load. Events wait on the stream until then',
      options,
    );
  }
}
