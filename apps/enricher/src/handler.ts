import { setTimeout as wait } from 'node:timers/promises';
import { jitteredBackoff, ledgerOf, printMetrics, readEnv, streamHandler } from '@acme/lambda-kit';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { failedBatch, namespace } from './batch-metrics.ts';
import { Env } from './env.ts';
import { batchGet } from './lookup/batch-get.ts';
import { lookingUp } from './lookup/look-up.ts';
import { putInto } from './sink/put-rows.ts';
import { takeBatch } from './take-batch.ts';

const env = readEnv(Env);
const s3 = new S3Client({});
const lookUp = lookingUp(batchGet(new DynamoDBClient({}), env.LOOKUP_TABLES), {
  entries: env.CACHE_ENTRIES,
  hitMs: env.CACHE_SECONDS * 1000,
  missMs: env.MISS_SECONDS * 1000,
});

/** Enriches events of both streams with what the lookup tables know. */
export const handler = streamHandler(async (batch) => {
  const patience = { backoff: jitteredBackoff(Date.now() + env.DEADLINE_SECONDS * 1000), wait };
  try {
    await takeBatch(batch, {
      ...patience,
      streams: env,
      lookUp,
      put: putInto(s3, env.ENRICHED_BUCKET),
      bucket: env.ENRICHED_BUCKET,
      quarantine: { s3, bucket: env.QUARANTINE_BUCKET },
      writeLedger: ledgerOf(s3, env.LEDGER_BUCKET, patience),
    });
  } catch (error) {
    printMetrics(namespace, failedBatch());
    throw error;
  }
});
