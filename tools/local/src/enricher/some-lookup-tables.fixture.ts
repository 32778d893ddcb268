/* eslint-disable @nx/enforce-module-boundaries -- for tests: the dimensions as the app declares them */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDynamoDb, servedAlone, shapeTable } from '@acme/laptop-aws/testing';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { dimensions, type Item, keyAttribute } from '../../../../apps/enricher/src/dimensions/index.ts';

/** The laptop's DynamoDB with the lookup tables, empty. */
export const someLookupTables = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'acme-enricher-'));
  const dynamoDb = await openDynamoDb({ dir });
  for (const { tableName } of dimensions)
    await shapeTable(dynamoDb, tableName, {
      AttributeDefinitions: [{ AttributeName: keyAttribute, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: keyAttribute, KeyType: 'HASH' }],
    });
  const server = await servedAlone(dynamoDb.service);
  const client = new DynamoDBClient(server.client);
  return {
    client,
    settings: server.client,
    /** The items of a table, in the order of their keys. */
    items: async (TableName: string): Promise<Item[]> => {
      const found: Item[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) found.push(...Items);
      const key = (item: Item): string => item[keyAttribute]?.S ?? '';
      return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    },
    close: async (): Promise<void> => {
      client.destroy();
      await server.close();
      await dynamoDb.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
export type SomeLookupTables = Awaited<ReturnType<typeof someLookupTables>>;
