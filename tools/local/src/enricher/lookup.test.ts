// Lookups of the enricher, on the laptop's DynamoDB.
import { DeleteTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dimensions, itemOf } from '../../../../apps/enricher/src/dimensions/index.ts';
import { batchGet, MissingTableError } from '../../../../apps/enricher/src/lookup/batch-get.ts';
import { fetchItems, HeldBackError } from '../../../../apps/enricher/src/lookup/fetch.ts';
import { someLookupTables, type SomeLookupTables } from './some-lookup-tables.fixture.ts';

const [, titles, pages] = dimensions;
const tableNames = new Map(dimensions.map(({ name, tableName }) => [name as string, tableName as string]));
const patiently = { backoff: () => 0, wait: async () => undefined };
const page = (path: string) => itemOf({ key: path, version: 1, row: { page_path: path, page_type: 'home' } });

describe('lookups in DynamoDB', () => {
  let tables: SomeLookupTables;
  beforeEach(async () => {
    tables = await someLookupTables();
    for (let at = 0; at < 120; at += 1)
      await tables.client.send(new PutItemCommand({ TableName: pages.tableName, Item: page(`/page/${at}`) }));
  });
  afterEach(() => tables.close());

  const asked = [
    ...Array.from({ length: 150 }, (_, at) => ({ dimension: pages, key: `/page/${at}` })),
    { dimension: titles, key: 'ttl-0001' },
  ];

  it('find what is there in every table, a hundred keys a call, and an empty table gives misses', async () => {
    const { items, calls } = await fetchItems(asked, batchGet(tables.client, tableNames), patiently);
    expect(items.map(({ key }) => key).sort()).toEqual(Array.from({ length: 120 }, (_, at) => `/page/${at}`).sort());
    expect(items.find(({ key }) => key === '/page/7')?.item).toEqual(page('/page/7'));
    expect(calls).toBe(2);
  });

  it('wait for what DynamoDB holds back, key by key or call by call', async () => {
    const holdingBack = new DynamoDBClient({ ...tables.settings, maxAttempts: 1 });
    let calls = 0;
    holdingBack.middlewareStack.add(
      (next) => async (args) => {
        calls += 1;
        if (calls === 1)
          throw Object.assign(new Error('slow down'), {
            name: 'ProvisionedThroughputExceededException',
            $metadata: { httpStatusCode: 400 },
          });
        const result = await next(args);
        const output = result.output as { Responses?: Record<string, unknown[]>; UnprocessedKeys?: unknown };
        const found = output.Responses?.[pages.tableName] ?? [];
        if (calls < 4 && found.length > 10) {
          const [some, others] = [found.slice(0, 10), found.slice(10) as { lookupKey: unknown }[]];
          output.Responses = { ...output.Responses, [pages.tableName]: some };
          output.UnprocessedKeys = { [pages.tableName]: { Keys: others.map(({ lookupKey }) => ({ lookupKey })) } };
        }
        return result;
      },
      { step: 'initialize' },
    );
    const { items } = await fetchItems(asked, batchGet(holdingBack, tableNames), patiently);
    expect(new Set(items.map(({ key }) => key)).size).toBe(120);
    expect(items).toHaveLength(120);

    calls = 0;
    await expect(
      fetchItems(asked.slice(0, 5), batchGet(holdingBack, tableNames), { ...patiently, backoff: () => undefined }),
    ).rejects.toThrow(HeldBackError);
    holdingBack.destroy();
  });

  it('say which tables to deploy and load when one is missing, and quote no key', async () => {
    await tables.client.send(new DeleteTableCommand({ TableName: titles.tableName }));
    const failure = fetchItems(asked, batchGet(tables.client, tableNames), patiently);
    await expect(failure).rejects.toThrow(MissingTableError);
    await expect(failure).rejects.toThrow(/enricher-titles.* is missing; deploy the enricher's stack/);
    await expect(failure).rejects.not.toThrow(/ttl-0001/);
  });
});
