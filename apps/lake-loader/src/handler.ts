import { setTimeout as wait } from 'node:timers/promises';
import {
  batchKey,
  coverage,
  jitteredBackoff,
  ledgerOf,
  log,
  quarantine,
  rangeOf,
  readEnv,
  streamHandler,
} from '@acme/lambda-kit';
import { S3Client } from '@aws-sdk/client-s3';
import { deliver, join } from './deliver.ts';
import { Env } from './env.ts';
import { firehoseSink } from './firehose-sink.ts';
import { sortOut } from './sort-out.ts';

const env = readEnv(Env);
const sink = firehoseSink(env.DELIVERY_STREAM);
const s3 = new S3Client({});
const consumer = 'lake-loader';

/** Good events go to Firehose, bad ones to quarantine; only when these and the ledger have said yes is the batch done. */
export const handler = streamHandler(async (batch) => {
  const startedMs = Date.now();
  const { good, refused, records } = sortOut(batch);
  const { source, shard } = batch[0].position;
  const patience = { backoff: jitteredBackoff(startedMs + env.DEADLINE_SECONDS * 1000), wait };
  await Promise.all([
    deliver(join(good), sink, patience),
    quarantine(s3, {
      bucket: env.QUARANTINE_BUCKET,
      key: `${consumer}/${source}/${shard}/${rangeOf(batch)}`,
      refused,
    }),
    ledgerOf(
      s3,
      env.LEDGER_BUCKET,
      patience,
    )(batchKey(consumer, batch), {
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
    source,
    shard,
    records: batch.length,
    good: good.length,
    refused: refused.length,
    durationMs: Date.now() - startedMs,
  });
});
