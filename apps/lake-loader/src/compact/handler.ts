import { readEnv } from '@acme/lambda-kit';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { athena } from '@acme/lambda-kit/athena';
import { compact, type Outcome } from './compact.ts';
import { Env } from './env.ts';
import { Order, spanOf } from './order.ts';

const env = readEnv(Env);
const s3 = new S3Client({});
const client = new AthenaClient({ maxAttempts: 8 }); // StartQueryExecution is throttled by account

/** Brings raw events into `telemetry` (see Order). Safe to run at any time, any number of times, also side by side. */
export const handler = async (input: unknown, context: Context): Promise<Outcome> => {
  const span = spanOf(Order.parse(input ?? {}), Date.now());
  const deadlineMs = Date.now() + context.getRemainingTimeInMillis() - 10_000;
  const queries = athena(client, { database: env.DATABASE, workGroup: env.WORK_GROUP, deadlineMs });
  return compact({ s3, bucket: env.LAKE_BUCKET, athena: queries, firstDay: env.FIRST_DAY }, span, { deadlineMs });
};
