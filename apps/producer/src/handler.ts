import { readEnv } from '@acme/lambda-kit';
import { Env } from './env.ts';
import { kinesisSink } from './kinesis-sink.ts';
import { pack } from './pack.ts';
import { byBucket, byKey } from './partition-key.ts';
import { producing } from './producing.ts';
import { send } from './send.ts';

const env = readEnv(Env);

/** Takes an array of events, NDJSON text, or one event, and puts them onto the Kinesis stream. */
export const handler = producing(env, {
  stream: env.STREAM_NAME,
  sink: kinesisSink(env.STREAM_NAME),
  keyOf: env.PARTITION_BY === 'key' ? byKey : byBucket(env.BUCKETS),
  pack,
  send,
});
