import { setTimeout as wait } from 'node:timers/promises';
import {
  batchKey,
  batchQuarantineKey,
  coverage,
  jitteredBackoff,
  ledgerOf,
  log,
  quarantine,
  streamHandler,
} from '@acme/lambda-kit';
import { S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { deliver, join, type Sink } from './deliver.ts';
import type { Env } from './env.ts';
import { firehoseSink } from './firehose-sink.ts';
import { type LoadedFamily, sortOut } from './sort-out.ts';

/**
 * A loader's handler. Good events go to Firehose, bad ones to quarantine; only when these and the ledger have said yes is
 * the batch done.
 *
 * @param consumer its name in ledger and quarantine
 */
export const loading = <T>(
  env: z.infer<typeof Env>,
  consumer: string,
  family: LoadedFamily<T>,
  sink: Sink = firehoseSink(env.DELIVERY_STREAM),
  s3: S3Client = new S3Client({}),
) => {
  return streamHandler(async (batch) => {
    const startedMs = Date.now();
    const { good, refused, records } = sortOut(batch, family);
    const patience = { backoff: jitteredBackoff(startedMs + env.DEADLINE_SECONDS * 1000), wait };
    const writeLedger = ledgerOf(s3, env.LEDGER_BUCKET, patience);
    await Promise.all([
      deliver(join(good), sink, patience),
      quarantine(s3, {
        bucket: env.QUARANTINE_BUCKET,
        key: batchQuarantineKey(consumer, batch),
        refused,
      }),
      writeLedger(batchKey(consumer, batch), {
        consumer,
        ...coverage(batch),
        in: good.length + refused.length,
        good: good.length,
        bad: refused.length,
        duplicate: 0,
        wrote: { to: env.DELIVERY_STREAM, rows: good.length },
        bestEffort: false,
        records,
      }),
    ]);
    log.info('batch:landed', {
      source: batch[0].position.source,
      shard: batch[0].position.shard,
      records: batch.length,
      good: good.length,
      refused: refused.length,
      durationMs: Date.now() - startedMs,
    });
  });
};
