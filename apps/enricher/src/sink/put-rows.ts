import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isTransient } from '@acme/lambda-kit';
import type { EnrichedEvent } from '@acme/telemetry-schema';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Patience } from '../lookup/fetch.ts';
import type { HourObject } from './hour-objects.ts';

const compress = promisify(gzip);

/** Rows as the bytes of an object: gzip of a line of JSON each. The same rows give the same bytes. */
export const bytesOf = (rows: readonly EnrichedEvent[]): Promise<Buffer> =>
  compress(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { level: 3 });

/** Objects on their way at a time. */
const concurrency = 8;

/** Writes one object, over what has its name. */
export type PutObject = (key: string, body: Buffer) => Promise<unknown>;

/** A bucket to put rows into. */
export const putInto =
  (client: S3Client, bucket: string): PutObject =>
  (Key, Body) =>
    client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key,
        Body,
        ContentType: 'application/gzip',
      }),
    );

/**
 * Writes the objects of a batch, trying again what fails for a reason that passes.
 *
 * @throws what S3 said last, when time is up or it refuses for good; some objects are then written, under names that a
 * retry overwrites
 */
export const putRows = async (
  objects: readonly HourObject[],
  put: PutObject,
  { backoff, wait }: Patience,
): Promise<void> => {
  const left = [...objects];
  const putOne = async ({ key, rows }: HourObject): Promise<void> => {
    const body = await bytesOf(rows);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await put(key, body);
        return;
      } catch (error) {
        const ms = isTransient(error) ? backoff(attempt) : undefined;
        if (ms === undefined) throw error;
        await wait(ms);
      }
    }
  };
  const worker = async (): Promise<void> => {
    for (let object = left.shift(); object; object = left.shift()) {
      await putOne(object).catch((error: unknown) => {
        left.length = 0;
        throw error;
      });
    }
  };
  // All of them end before this does: none goes on behind the back of the batch that comes again.
  const workers = Array.from({ length: Math.min(concurrency, objects.length) }, worker);
  for (const result of await Promise.allSettled(workers)) if (result.status === 'rejected') throw result.reason;
};
