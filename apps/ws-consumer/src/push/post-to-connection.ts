import { log } from '@acme/lambda-kit';
import {
  type ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { Post } from './fan-out.ts';

/** How long one connection may take. API Gateway answers in tens of ms when the client keeps up. */
const patienceMs = 1_000;

/** Sends by API Gateway's @connections. */
export const postToConnection =
  (client: ApiGatewayManagementApiClient): Post =>
  async (connectionId, text) => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }), {
        abortSignal: AbortSignal.timeout(patienceMs),
      });
      return 'sent';
    } catch (error) {
      if (error instanceof GoneException) return 'gone';
      log.warn('frame:failed', { connectionId, error: error as Error });
      return 'failed';
    }
  };
