import { setTimeout as wait } from 'node:timers/promises';
import { streamReader } from '@acme/lake-layout';
import { batchKey, jitteredBackoff, ledgerOf, readEnv, streamHandler } from '@acme/lambda-kit';
import { S3Client } from '@aws-sdk/client-s3';
import { Env } from './env.ts';
import { seen } from './seen.ts';

const env = readEnv(Env);
const s3 = new S3Client({});

/** Notes what lies on the stream, whoever put it there: what the audit holds all others against. */
export const handler = streamHandler(async (batch) => {
  const backoff = jitteredBackoff(Date.now() + env.DEADLINE_SECONDS * 1000);
  await ledgerOf(s3, env.LEDGER_BUCKET, { backoff, wait })(batchKey(streamReader, batch), seen(batch));
});
