import { setTimeout as wait } from 'node:timers/promises';
import { jitteredBackoff, log, quarantine, rangeOf, readEnv, streamHandler } from '@acme/lambda-kit';
import { S3Client } from '@aws-sdk/client-s3';
import { deliver, join } from './deliver.ts';
import { Env } from './env.ts';
import { firehoseSink } from './firehose-sink.ts';
import { sortOut } from './sort-out.ts';

const env = readEnv(Env);
const sink = firehoseSink(env.DELIVERY_STREAM);
const s3 = new S3Client({});

/** Good events go to Firehose, bad ones to quarantine; only when both have said yes is the batch done. */
export const handler = streamHandler(async (records) => {
  const startedMs = Date.now();
  const { good, refused } = sortOut(records);
  const { source, shard } = records[0].position;
  await Promise.all([
    quarantine(s3, {
      bucket: env.QUARANTINE_BUCKET,
      key: `lake-loader/${source}/${shard}/${rangeOf(records)}`,
      refused,
    }),
    deliver(join(good), sink, { backoff: jitteredBackoff(startedMs + env.DEADLINE_SECONDS * 1000), wait }),
  ]);
  log.info('batch:landed', {
    source,
    shard,
    records: records.length,
    good: good.length,
    refused: refused.length,
    durationMs: Date.now() - startedMs,
  });
});
