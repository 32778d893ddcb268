import { setTimeout as wait } from 'node:timers/promises';
import { jitteredBackoff, log, quarantine, readEnv } from '@acme/lambda-kit';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { Env } from './env.ts';
import { incoming } from './input.ts';
import { kinesisSink } from './kinesis-sink.ts';
import { byBucket, byKey } from './partition-key.ts';
import { check } from './produce.ts';
import { send } from './send.ts';

const env = readEnv(Env);
const sink = kinesisSink(env.STREAM_NAME);
const s3 = new S3Client({});
const partitionKey = env.PARTITION_BY === 'key' ? byKey : byBucket(env.BUCKETS);

/** What a caller gets: how many events are on the stream, and of each other one where it stood and its first problem. */
export interface Produced {
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number; readonly field: string; readonly reason: string }[];
}

/** Takes an array of events, NDJSON text, or one event. */
export const handler = async (input: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<Produced> => {
  const startedMs = Date.now();
  const { packed, accepted, rejected } = check(incoming(input), partitionKey, startedMs);
  await Promise.all([
    quarantine(s3, { bucket: env.QUARANTINE_BUCKET, key: `producer/${awsRequestId}`, refused: rejected }),
    send(packed, sink, {
      backoff: jitteredBackoff(startedMs + env.DEADLINE_SECONDS * 1000),
      wait,
    }),
  ]);
  log.info('batch:sent', { accepted, rejected: rejected.length, durationMs: Date.now() - startedMs });
  return {
    accepted,
    rejected: rejected.map(({ index, problems: [first] }) => ({
      index,
      field: first?.field ?? '(event)',
      reason: first?.reason ?? 'not valid',
    })),
  };
};
