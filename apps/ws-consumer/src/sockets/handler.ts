import { readEnv } from '@acme/lambda-kit';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { connectionsTable } from '../connections.ts';
import { type Answer, answer } from './answer.ts';
import { Env } from './env.ts';

const env = readEnv(Env);
const connections = connectionsTable(env.CONNECTIONS_TABLE, new DynamoDBClient({}));

export const handler = ({ requestContext, body = '' }: APIGatewayProxyWebsocketEventV2): Promise<Answer> =>
  answer(
    { connectionId: requestContext.connectionId, routeKey: requestContext.routeKey, body },
    connections,
    Date.now(),
  );
