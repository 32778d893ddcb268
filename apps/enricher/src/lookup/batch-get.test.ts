import type { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { customers } from '../dimensions/customers.ts';
import { pages } from '../dimensions/pages.ts';
import { batchGet, MissingTableError } from './batch-get.ts';

const tables = new Map([
  ['customers', 'enricher-customers'],
  ['pages', 'enricher-pages'],
]);
const item = (key: string) => ({ lookupKey: { S: key }, version: { N: '1' } });
const getting = (answer: () => unknown) => {
  const sent: BatchGetItemCommand['input'][] = [];
  const send = async ({ input }: BatchGetItemCommand) => {
    sent.push(input);
    return answer();
  };
  return { sent, get: batchGet({ send } as unknown as DynamoDBClient, tables) };
};
const failing = (name: string, httpStatusCode: number) =>
  getting(() => {
    throw Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
  }).get;
const asked = [
  { dimension: customers, key: 'c-1' },
  { dimension: customers, key: 'c-2' },
  { dimension: customers, key: 'c-3' },
  { dimension: pages, key: '/home' },
];

describe('batchGet', () => {
  it('gives the items that are there, and those that DynamoDB held back as left; the others are not there', async () => {
    const { sent, get } = getting(() => ({
      Responses: { 'enricher-customers': [item('c-1')], 'enricher-pages': [item('/home')] },
      UnprocessedKeys: { 'enricher-customers': { Keys: [{ lookupKey: { S: 'c-3' } }] } },
    }));
    expect(await get(asked)).toEqual({
      items: [
        { dimension: customers, key: 'c-1', item: item('c-1') },
        { dimension: pages, key: '/home', item: item('/home') },
      ],
      left: [{ dimension: customers, key: 'c-3' }],
    });
    expect(sent).toEqual([
      {
        RequestItems: {
          'enricher-customers': { Keys: ['c-1', 'c-2', 'c-3'].map((key) => ({ lookupKey: { S: key } })) },
          'enricher-pages': { Keys: [{ lookupKey: { S: '/home' } }] },
        },
      },
    ]);
  });

  it('leaves all keys when the call failed for a reason that passes', async () => {
    expect(await failing('ThrottlingException', 400)(asked)).toEqual({ items: [], left: asked });
  });

  it('throws what no try will change, and says what to do when a table is missing', async () => {
    await expect(failing('AccessDeniedException', 400)(asked)).rejects.toThrow('AccessDeniedException');
    await expect(failing('ResourceNotFoundException', 400)(asked)).rejects.toThrow(MissingTableError);
  });
});
