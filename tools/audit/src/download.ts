import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { ledgerPrefix } from '@acme/lambda-kit';
import { objectsFolder } from '@acme/local/sql/table-view';
import type { Objects } from './objects.ts';
import type { Sink } from './sinks.ts';
import { mayHoldRowsOf, mayTellOf, type Window } from './window.ts';

/** Objects on the way at a time. */
const concurrency = 32;

/**
 * Copies what an audit of the window reads from a bucket on AWS into a folder, laid out as the laptop keeps objects.
 *
 * @returns how many objects and bytes were copied
 * @throws what S3 does: an audit of half the objects would be wrong
 */
export const download = async (
  client: S3Client,
  { dir, bucket }: Objects,
  sinks: readonly Sink[],
  window: Window,
): Promise<{ readonly objects: number; readonly bytes: number }> => {
  const wanted = async function* (): AsyncGenerator<{ key: string; bytes: number }> {
    const prefixes = [
      ledgerPrefix(''),
      'quarantine/producer/',
      ...sinks.flatMap(({ consumer, prefix }) => [`quarantine/${consumer}/`, prefix]),
    ];
    for (const Prefix of prefixes) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix })) {
        for (const { Key = '', Size = 0 } of Contents) if (isPartOf(window, Key)) yield { key: Key, bytes: Size };
      }
    }
  };
  const list = wanted();
  let objects = 0;
  let bytes = 0;
  const lane = async (): Promise<void> => {
    for (let next = await list.next(); !next.done; next = await list.next()) {
      const { key, bytes: size } = next.value;
      const file = join(objectsFolder(dir, bucket), `${key}.data`);
      await mkdir(dirname(file), { recursive: true });
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      await pipeline(Body as Readable, createWriteStream(file));
      objects += 1;
      bytes += size;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { objects, bytes };
};

const isPartOf = (window: Window, key: string): boolean => {
  const hour = /^ledger\/.*\/(hour=[\dT-]+)\//.exec(key)?.[1];
  return hour === undefined ? mayHoldRowsOf(window, key) : mayTellOf(window, hour);
};
