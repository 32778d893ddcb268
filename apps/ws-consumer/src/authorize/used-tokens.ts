import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Use } from './authorize.ts';

/** The used-tokens table: `tokenId` and `expiresAt` (seconds UTC, the table's TTL), when the token ends anyway. */
export const usedTokens =
  (table: string, client: DynamoDBClient): Use =>
  async (tokenId, endsAt) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: { tokenId: { S: tokenId }, expiresAt: { N: String(endsAt) } },
          ConditionExpression: 'attribute_not_exists(tokenId)',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
