import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

/** An object as a listing tells of it. */
export interface Listed {
  readonly key: string;
  readonly bytes: number;
  /** When it was written, ms UTC. */
  readonly atMs: number;
}

/** The objects under a prefix, in byte order. */
export async function* objectsUnder(s3: S3Client, bucket: string, prefix: string): AsyncGenerator<Listed> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key = '', Size = 0, LastModified } of Contents) {
      yield { key: Key, bytes: Size, atMs: LastModified?.getTime() ?? 0 };
    }
  }
}

/** The folders right under a prefix that ends in a slash, each with its slash, in byte order. */
export const foldersUnder = async (s3: S3Client, bucket: string, prefix: string): Promise<string[]> => {
  const folders: string[] = [];
  const input = { Bucket: bucket, Prefix: prefix, Delimiter: '/' };
  for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client: s3 }, input)) {
    folders.push(...CommonPrefixes.flatMap(({ Prefix }) => Prefix ?? []));
  }
  return folders;
};
