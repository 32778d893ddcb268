import { readFile } from 'node:fs/promises';
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Contents } from './contents.ts';

/** What an object's metadata says of it, so that a run that goes on need not read it. */
const Noted = z.object({
  rows: z.coerce.number().int().min(1),
  'watched-seconds': z.coerce.number().int().min(0),
  advertisements: z.coerce.number().int().min(0),
  bytes: z.coerce.number().int().min(1),
});

/** An object of a data set. */
export interface Stored extends Contents {
  readonly bytes: number;
}

/** The object of an earlier run, if it is there and as large as it was written. */
export const storedPart = async (s3: S3Client, bucket: string, key: string): Promise<Stored | undefined> => {
  try {
    const { ContentLength, Metadata } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    const noted = Noted.safeParse(Metadata).data;
    if (noted === undefined || noted.bytes !== ContentLength) return undefined;
    const { rows, advertisements, bytes } = noted;
    return { rows, advertisements, bytes, watchedSeconds: noted['watched-seconds'] };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
};

/** Puts a file into the lake; S3 checks it against the checksum that the client sends along. */
export const storePart = async (
  s3: S3Client,
  bucket: string,
  key: string,
  { file, contents }: { readonly file: string; readonly contents: Contents },
): Promise<Stored> => {
  const body = await readFile(file);
  const noted: Record<keyof z.infer<typeof Noted>, number> = {
    rows: contents.rows,
    'watched-seconds': contents.watchedSeconds,
    advertisements: contents.advertisements,
    bytes: body.length,
  };
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: 'application/vnd.apache.parquet',
      Metadata: Object.fromEntries(Object.entries(noted).map(([name, value]) => [name, String(value)])),
    }),
  );
  return { ...contents, bytes: body.length };
};
