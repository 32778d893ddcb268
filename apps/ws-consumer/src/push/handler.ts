import { setTimeout } from 'node:timers/promises';
import { log, readEnv, streamHandler } from '@acme/lambda-kit';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connectionsTable } from '../connections.ts';
import { cachedViewers } from './cached-viewers.ts';
import { Env } from './env.ts';
import { postToConnection } from './post-to-connection.ts';
import { livePush } from './push.ts';

const env = readEnv(Env);
const concurrency = 64;
const frameMs = 1000 / env.FRAMES_PER_SECOND;

const list = cachedViewers(connectionsTable(env.CONNECTIONS_TABLE, new DynamoDBClient({})), Date.now);
// One attempt: the next frame comes soon, and tells what was missed.
const api = new ApiGatewayManagementApiClient({
  maxAttempts: 1,
  requestHandler: { httpAgent: { maxSockets: concurrency }, httpsAgent: { maxSockets: concurrency } },
});
const push = livePush({ ...list, post: postToConnection(api), now: Date.now, concurrency });

export const handler = streamHandler(async (records) => {
  const startedAtMs = Date.now();
  const { sent, gone, failed } = await push(records);
  if (gone + failed > 0) log.info('frames:sent', { sent, gone, failed });
  // The stream is the buffer: what arrives while this waits is the next frame.
  if (sent > 0) await setTimeout(Math.max(0, frameMs - (Date.now() - startedAtMs)));
});
