import { setTimeout as wait } from 'node:timers/promises';
import { jitteredBackoff, ledgerOf, log, quarantine, readEnv, receiptKey } from '@acme/lambda-kit';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { Env } from './env.ts';
import { incoming } from './input.ts';
import { kinesisSink } from './kinesis-sink.ts';
import { byBucket, byKey } from './partition-key.ts';
import { check } from './produce.ts';
import { receipted } from './receipts.ts';
import { send } from './send.ts';

const env = readEnv(Env);
const kinesis = kinesisSink(env.STREAM_NAME);
const s3 = new S3Client({});
const partitionKey = env.PARTITION_BY === 'key' ? byKey : byBucket(env.BUCKETS);

/** What a caller gets: how many events are on the stream, and of each other one where it stood and its first problem. */
export interface Produced {
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number; readonly field: string; readonly reason: string }[];
}

/** Takes an array of events, NDJSON text, or one event. */
export const handler = async (input: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<Produced> => {
  const startedAtMs = Date.now();
  const { packed, accepted, rejected } = check(incoming(input), partitionKey, startedAtMs);
  const patience = { backoff: jitteredBackoff(startedAtMs + env.DEADLINE_SECONDS * 1000), wait };
  const writeLedger = ledgerOf(s3, env.LEDGER_BUCKET, patience);
  const { sink, close } = receipted(
    kinesis,
    { stream: env.STREAM_NAME, request: awsRequestId, startedAtMs },
    (receipt) => writeLedger(receiptKey(receipt), receipt),
  );
  const [aside, sending] = await Promise.allSettled([
    quarantine(s3, { bucket: env.QUARANTINE_BUCKET, key: `producer/${awsRequestId}`, refused: rejected }),
    send(packed, sink, patience),
  ]);
  await close({ in: accepted + rejected.length, rejected: aside.status === 'fulfilled' ? rejected.length : 0 });
  for (const outcome of [aside, sending]) if (outcome.status === 'rejected') throw outcome.reason;

  log.info('batch:sent', { accepted, rejected: rejected.length, durationMs: Date.now() - startedAtMs });
  return {
    accepted,
    rejected: rejected.map(({ index, problems: [first] }) => ({
      index,
      field: first?.field ?? '(event)',
      reason: first?.reason ?? 'not valid',
    })),
  };
};
