import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startDynoxide } from '@acme/laptop-aws/testing';
import { runningOn } from '@acme/local/platform/state-folder';
import { DynamoDBClient, ResourceNotFoundException, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbTables, noTables, type Tables } from './tables.ts';

/** Uses the tables of a platform on this machine: of the one that runs, or else as they lie in its folder. */
export const withLocalTables = async <Result>(
  dir: string,
  use: (tables: Tables) => Promise<Result>,
): Promise<Result> => {
  const running = runningOn(dir);
  if (running) return withClient(`http://127.0.0.1:${running.awsPort}`, use);
  if (!existsSync(join(dir, 'dynamodb', 'tables.db'))) return use(noTables);
  const engine = await startDynoxide(dir);
  try {
    return await withClient(`http://${engine.place.host}:${engine.place.port}`, use);
  } finally {
    await engine.close();
  }
};

const withClient = async <Result>(endpoint: string, use: (tables: Tables) => Promise<Result>): Promise<Result> => {
  const client = new DynamoDBClient({
    region: 'us-west-2',
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const isThere = (TableName: string): Promise<boolean> =>
    client.send(new DescribeTableCommand({ TableName })).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ResourceNotFoundException) return false;
        throw error;
      },
    );
  try {
    return await use(dynamoDbTables(client, async ({ name }) => ((await isThere(name)) ? name : undefined)));
  } finally {
    client.destroy();
  }
};
