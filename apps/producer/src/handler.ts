import { readEnv } from '@acme/lambda-kit';
import { Env } from './env.ts';
import { kinesisClient, kinesisSink } from './kinesis-sink.ts';
import { pack } from './pack.ts';
import { byBucket, byKey } from './partition-key.ts';
import { producing, type Transport } from './producing.ts';
import { send } from './send.ts';

const env = readEnv(Env);

const client = kinesisClient();
const to = (stream: string): Transport => ({
  stream,
  sink: kinesisSink(stream, client),
  keyOf: env.PARTITION_BY === 'key' ? byKey : byBucket(env.BUCKETS),
  pack,
  send,
});

/** Takes an array of events, NDJSON text, or one event, or these with their family, onto the family's Kinesis stream. */
export const handler = producing(env, { viewing: to(env.STREAM_NAME), clickstream: to(env.CLICKSTREAM_NAME) });
