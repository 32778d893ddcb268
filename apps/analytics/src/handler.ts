import { setTimeout as wait } from 'node:timers/promises';
import {
  type Batch,
  batchKey,
  batchQuarantineKey,
  coverage,
  jitteredBackoff,
  ledgerOf,
  log,
  type Measurement,
  printMetrics,
  quarantine,
  readEnv,
  streamHandler,
} from '@acme/lambda-kit';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { Env } from './env.ts';
import { batchMetrics, failedBatch } from './metrics/batch-metrics.ts';
import { eventMetrics } from './metrics/event-metrics.ts';
import { sortOut } from './sort-out.ts';
import { storeEvents } from './store/store-events.ts';
import { transactor } from './store/transact.ts';

const env = readEnv(Env);
const s3 = new S3Client({});
const transact = transactor(new DynamoDBClient({}), { results: env.RESULTS_TABLE, aggregates: env.AGGREGATES_TABLE });
const consumer = 'analytics';

const measure = (measurements: readonly Measurement[]): void => printMetrics('RealTimeAnalytics', measurements);

/** Stores and counts a batch's events, and puts aside the bad ones; only when the ledger has said yes is it done. */
const take = async (batch: Batch): Promise<void> => {
  const startedMs = Date.now();
  const { good, refused, records } = sortOut(batch);
  const patience = { backoff: jitteredBackoff(startedMs + env.DEADLINE_SECONDS * 1000), wait };
  const [{ fresh, calls, busy }] = await Promise.all([
    storeEvents(good, { ...patience, transact, random: Math.random }),
    quarantine(s3, {
      bucket: env.QUARANTINE_BUCKET,
      key: batchQuarantineKey(consumer, batch),
      refused,
    }),
  ]);
  const duplicates = good.length - fresh.length;
  await ledgerOf(
    s3,
    env.LEDGER_BUCKET,
    patience,
  )(batchKey(consumer, batch), {
    consumer,
    ...coverage(batch),
    in: good.length + refused.length,
    good: good.length,
    bad: refused.length,
    duplicate: duplicates,
    wrote: { to: env.RESULTS_TABLE, rows: fresh.length },
    bestEffort: false,
    records,
  });
  const endedMs = Date.now();
  const figures = {
    events: good.length + refused.length,
    refused: refused.length,
    duplicates,
    durationMs: endedMs - startedMs,
    ageMs: Math.max(0, endedMs - batch[0].arrivedAtMs),
    calls,
    busy,
  };
  measure([...eventMetrics(fresh), ...batchMetrics(figures)]);
  const { source, shard } = batch[0].position;
  log.info('batch:stored', { source, shard, records: batch.length, ...figures });
};

export const handler = streamHandler((batch) =>
  take(batch).catch((error: unknown) => {
    measure(failedBatch());
    throw error;
  }),
);
