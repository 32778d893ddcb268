import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws/aws-error.ts';
import type { DynamoDb } from './dynamodb.ts';
import { DynamoDbError } from './dynoxide-binary.ts';
import type { TableShape } from './table-properties.ts';

type Index = NonNullable<TableShape['GlobalSecondaryIndexes']>[number];

interface Description {
  readonly KeySchema: TableShape['KeySchema'];
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
}

/**
 * Makes a table be as its template says: created, or with its indexes and TTL brought up to date. Its items stay.
 *
 * @throws DynamoDbError when its key or local indexes are others than before: such a table has to be made anew
 */
export const shapeTable = async (dynamoDb: DynamoDb, name: string, shape: TableShape): Promise<void> => {
  const existing = await describe(dynamoDb, name);
  if (existing === undefined) await create(dynamoDb, name, shape);
  else await update(dynamoDb, name, shape, existing);
  await setTimeToLive(dynamoDb, name, shape.TimeToLiveSpecification);
};

const describe = async (dynamoDb: DynamoDb, TableName: string): Promise<Description | undefined> => {
  try {
    return ((await dynamoDb.call('DescribeTable', { TableName })) as { Table: Description }).Table;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

const create = async (dynamoDb: DynamoDb, TableName: string, shape: TableShape): Promise<void> => {
  const { AttributeDefinitions, KeySchema, LocalSecondaryIndexes, GlobalSecondaryIndexes = [] } = shape;
  await dynamoDb.call('CreateTable', {
    TableName,
    AttributeDefinitions,
    KeySchema,
    LocalSecondaryIndexes: LocalSecondaryIndexes?.map(bare),
    ...(GlobalSecondaryIndexes.length > 0 ? { GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(bare) } : {}),
    BillingMode: 'PAY_PER_REQUEST',
  });
};

const update = async (dynamoDb: DynamoDb, TableName: string, shape: TableShape, existing: Description) => {
  const locals = (indexes: readonly Index[] = []) => indexes.map(bare);
  if (
    !isDeepStrictEqual(existing.KeySchema, shape.KeySchema) ||
    !isDeepStrictEqual(locals(existing.LocalSecondaryIndexes), locals(shape.LocalSecondaryIndexes))
  ) {
    throw new DynamoDbError(
      `table ${TableName} has another key or other local indexes than before: ` +
        'delete it with the DynamoDB API, or start with another --dir',
    );
  }
  const before = (existing.GlobalSecondaryIndexes ?? []).map(bare);
  const wanted = (shape.GlobalSecondaryIndexes ?? []).map(bare);
  const change = (GlobalSecondaryIndexUpdates: readonly unknown[]) =>
    dynamoDb.call('UpdateTable', {
      TableName,
      AttributeDefinitions: shape.AttributeDefinitions,
      GlobalSecondaryIndexUpdates,
    });
  for (const { IndexName } of before.filter((index) => !has(wanted, index))) await change([{ Delete: { IndexName } }]);
  for (const index of wanted.filter((index) => !has(before, index))) await change([{ Create: index }]);
};

const setTimeToLive = async (
  dynamoDb: DynamoDb,
  TableName: string,
  wanted: TableShape['TimeToLiveSpecification'],
): Promise<void> => {
  const { TimeToLiveDescription: current } = (await dynamoDb.call('DescribeTimeToLive', { TableName })) as {
    TimeToLiveDescription?: { TimeToLiveStatus?: string; AttributeName?: string };
  };
  const before = current?.TimeToLiveStatus === 'ENABLED' ? current.AttributeName : undefined;
  const after = wanted?.Enabled ? wanted.AttributeName : undefined;
  if (before === after) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    dynamoDb.call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (before !== undefined) await set(before, false);
  if (after !== undefined) await set(after, true);
};

/** An index without its capacity and whatever else a description adds. */
const bare = ({ IndexName, KeySchema, Projection }: Index): Index => ({ IndexName, KeySchema, Projection });

const has = (indexes: readonly Index[], index: Index): boolean =>
  indexes.some((other) => isDeepStrictEqual(other, index));
