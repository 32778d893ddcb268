import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Backoff } from '../backoff.ts';
import { isTransient } from '../is-transient.ts';
import type { BatchEntry, SeenEntry } from './batch-entry.ts';
import type { Receipt } from './receipt.ts';

const compress = promisify(zstdCompress);
/**
 * A receipt of a thousand event ids shrinks to half as with gzip, in a quarter of the time. With its checksum, so that a
 * reader cannot take a damaged entry for a whole one.
 */
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } };

/** Writes ledger entries; see `ledgerOf`. */
export type WriteLedger = (key: string, entry: Receipt | BatchEntry | SeenEntry) => Promise<void>;

/**
 * The ledger in a bucket: an object per entry, JSON in Zstandard. An entry that cannot be written for a reason that passes
 * is tried again.
 *
 * @param bucket the lake's; without one the ledger is off and nothing is written
 * @param backoff of the tries after the first
 * @returns a function that throws what S3 said last, when time is up: what the entry tells of must then come again
 */
export const ledgerOf =
  (
    client: S3Client,
    bucket: string | undefined,
    { backoff, wait }: { readonly backoff: Backoff; readonly wait: (ms: number) => Promise<void> },
  ): WriteLedger =>
  async (key, entry) => {
    if (bucket === undefined) return;
    const Body = await compress(JSON.stringify(entry), fast);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType: 'application/zstd' }));
        return;
      } catch (error) {
        const ms = isTransient(error) ? backoff(attempt) : undefined;
        if (ms === undefined) throw error;
        await wait(ms);
      }
    }
  };
