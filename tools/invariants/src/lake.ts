import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { ledgerFolder, quarantineFolder } from '@acme/lake-layout';
import type { AwsTarget } from '@acme/command-kit';
import { objectsFolder, withLake } from '@acme/laptop-aws/sql';
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';

/** Where the lake of a platform lies on disk, and where it answers while it runs. */
export interface Lake {
  readonly dir: string;
  readonly bucket: string;
  readonly client: AwsTarget['client'];
}

/** A refused line as it was put aside. */
export interface Aside {
  /** The name of its object, below the prefix. */
  readonly object: string;
  readonly index: number;
  /** The stream or topic, and where in it the line was. */
  readonly source?: string;
  readonly shard?: string;
  readonly sequence?: string;
  readonly problems: readonly { readonly field: string; readonly reason: string }[];
  readonly text: string;
}

/** A ledger entry, and the name of its object below the prefix. */
export interface Noted {
  readonly object: string;
  readonly source: string;
  readonly shard: string;
  readonly first: string;
  readonly last: string;
  readonly records: readonly { readonly sequence: string; readonly lines?: number }[];
}

/** What one column of a table of the lake holds, repetitions and all. @param where a condition on its rows */
export const columnOf = ({ dir }: Lake, table: string, column: string, where = 'true'): Promise<string[]> =>
  withLake({ dir, inOrder: false }, async (connection) => {
    const result = await connection.runAndReadAll(`SELECT "${column}" FROM "${table}" WHERE ${where}`);
    return result.getRows().map(([value]) => String(value));
  });

/** Every item of a table of the running platform. */
export const itemsOf = async (
  { client: settings }: Lake,
  TableName: string,
): Promise<Record<string, AttributeValue>[]> => {
  const client = new DynamoDBClient(settings);
  const items: Record<string, AttributeValue>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    items.push(...Items);
  client.destroy();
  return items;
};

/** Everything that a consumer, or the producer, has put aside. */
export const asideBy = (lake: Lake, writer: string): Aside[] =>
  objects(lake, quarantineFolder(writer)).flatMap(({ object, bytes }) =>
    linesOf(bytes).map((line) => {
      const { raw, ...rest } = JSON.parse(line) as Omit<Aside, 'object' | 'text'> & { raw: string };
      return { ...rest, object, text: Buffer.from(raw, 'base64').toString('utf8') };
    }),
  );

/** The ledger of a consumer. */
export const ledgerOf = (lake: Lake, writer: string): Noted[] =>
  objects(lake, ledgerFolder(writer)).map(({ object, bytes }) => ({
    ...(JSON.parse(zstdDecompressSync(bytes).toString('utf8')) as Omit<Noted, 'object'>),
    object,
  }));

const objects = ({ dir, bucket }: Lake, prefix: string): { readonly object: string; readonly bytes: Buffer }[] => {
  const folder = join(objectsFolder(dir, bucket), prefix);
  return globSync('**/*.data', { cwd: folder }).map((file) => ({
    object: file.slice(0, -'.data'.length),
    bytes: readFileSync(join(folder, file)),
  }));
};

const linesOf = (bytes: Buffer): string[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
