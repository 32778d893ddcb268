import { setTimeout } from 'node:timers/promises';
import { eventHandler, ledgerOf, log } from '@acme/lambda-kit';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { connectionsTable } from '../connections.ts';
import { cachedViewers } from './cached-viewers.ts';
import type { Env } from './env.ts';
import { pace } from './pace.ts';
import { postToConnection } from './post-to-connection.ts';
import { type LiveFamily, livePushOf } from './push.ts';
import { tally } from './tally.ts';

const concurrency = 64;

/** The handler that pushes one stream's events to everybody who is connected. */
export const pushing = <E extends { readonly arrivedAtMs: number }, F extends { readonly total: number }>(
  env: z.infer<typeof Env>,
  family: LiveFamily<E, F>,
) => {
  const list = cachedViewers(connectionsTable(env.CONNECTIONS_TABLE, new DynamoDBClient({})), Date.now);
  // One attempt: the next frame comes soon, and tells what was missed.
  const api = new ApiGatewayManagementApiClient({
    maxAttempts: 1,
    requestHandler: { httpAgent: { maxSockets: concurrency }, httpsAgent: { maxSockets: concurrency } },
  });
  const push = livePushOf(family)({ ...list, post: postToConnection(api), now: Date.now, concurrency });

  const frames = pace(env.FRAMES_PER_SECOND, Date.now, setTimeout);

  // One attempt: a view holds up nothing for its notes.
  const ledger = ledgerOf(new S3Client({ maxAttempts: 1 }), env.LEDGER_BUCKET, {
    backoff: () => undefined,
    wait: setTimeout,
  });
  const note = tally(ledger, Date.now);

  return eventHandler(async (batches) => {
    const shards = batches.map(([first]) => first.position.shard);
    await Promise.all(shards.map(frames.due));
    const { sent, gone, failed, looked } = await push(batches.flat());
    if (sent > 0) shards.forEach(frames.sent);
    if (gone + failed > 0) log.info('frames:sent', { sent, gone, failed });
    await Promise.all(looked.map((shard) => note(shard, sent)));
  });
};
