import { join } from 'node:path';
import { objectsFolder, quotedText } from '@acme/laptop-aws/sql';
import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';

/** Some objects of a bucket. */
export interface Objects {
  readonly prefix: string;
  /** What their keys have somewhere behind it, such as a partition. @default anything */
  readonly part?: string;
}

/** The bytes of objects, by the store and by their own footers: what a query may read is judged by them. */
export interface TableBytes {
  /** @throws Error when there is no such object */
  all(objects: Objects): Promise<number>;
  /** Of these columns of Parquet objects, compressed. @throws Error when there is no such object */
  columns(objects: Objects, names: readonly string[]): Promise<number>;
}

/** @param dir the platform's state folder */
export const tableBytes = (s3: S3Client, dir: string, bucket: string): TableBytes => {
  const list = async ({ prefix, part = '' }: Objects): Promise<{ key: string; size: number }[]> => {
    const found: { key: string; size: number }[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
      found.push(...Contents.map(({ Key = '', Size = 0 }) => ({ key: Key, size: Size })));
    }
    const wanted = found.filter(({ key }) => key.includes(part));
    if (wanted.length === 0) throw new Error(`there is no object under ${prefix}${part}`);
    return wanted;
  };
  return {
    all: async (objects) => (await list(objects)).reduce((sum, { size }) => sum + size, 0),
    columns: async (objects, names) => {
      const files = (await list(objects)).map(({ key }) => join(objectsFolder(dir, bucket), `${key}.data`));
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const footers = await connection.runAndReadAll(
        `SELECT COALESCE(SUM(total_compressed_size), 0)::DOUBLE
         FROM parquet_metadata([${files.map(quotedText).join(', ')}])
         WHERE list_contains([${names.map(quotedText).join(', ')}]::VARCHAR[], path_in_schema)`,
      );
      connection.closeSync();
      instance.closeSync();
      return Number(footers.getRows()[0]?.[0]);
    },
  };
};
