import {
  type Batch,
  batchKey,
  batchQuarantineKey,
  coverage,
  log,
  printMetrics,
  quarantine,
  type WriteLedger,
} from '@acme/lambda-kit';
import type { S3Client } from '@aws-sdk/client-s3';
import { batchMetrics, namespace } from './batch-metrics.ts';
import { enrich } from './enrich.ts';
import { familyOf, type Streams } from './families.ts';
import type { Patience } from './lookup/fetch.ts';
import type { LookUp } from './lookup/look-up.ts';
import { hourObjects } from './sink/hour-objects.ts';
import { type PutObject, putRows } from './sink/put-rows.ts';
import { sortOut } from './sort-out.ts';

export interface Enricher {
  readonly streams: Streams;
  readonly lookUp: LookUp;
  readonly put: PutObject;
  /** Where enriched events go, as the ledger names it. */
  readonly bucket: string;
  readonly quarantine: { readonly s3: S3Client; readonly bucket: string };
  readonly writeLedger: WriteLedger;
}

/**
 * Enriches a batch's events, writes them, and puts aside the bad ones; only when the ledger has said yes is it done.
 *
 * @throws what is transient: the batch must come again
 */
export const takeBatch = async (batch: Batch, of: Enricher & Patience): Promise<void> => {
  const startedMs = Date.now();
  const { source, shard } = batch[0].position;
  const family = familyOf(source, of.streams);
  const { good, refused, records } = sortOut(batch, family);
  const { rows, tallies, calls } = await enrich(good, of);
  const objects = hourObjects(family.name, batch, rows);
  await Promise.all([
    putRows(objects, of.put, of),
    quarantine(of.quarantine.s3, {
      bucket: of.quarantine.bucket,
      key: batchQuarantineKey(family.consumer, batch),
      refused,
    }),
  ]);
  await of.writeLedger(batchKey(family.consumer, batch), {
    consumer: family.consumer,
    ...coverage(batch),
    in: good.length + refused.length,
    good: good.length,
    bad: refused.length,
    duplicate: 0,
    wrote: { to: of.bucket, rows: rows.length },
    bestEffort: false,
    records,
  });
  const endedMs = Date.now();
  const figures = {
    family: family.name,
    enriched: good.length,
    refused: refused.length,
    calls,
    objects: objects.length,
    durationMs: endedMs - startedMs,
    ageMs: Math.max(0, endedMs - batch[0].arrivedAtMs),
  };
  printMetrics(namespace, batchMetrics(figures, tallies));
  log.info('batch:enriched', { source, shard, records: batch.length, ...figures });
};
