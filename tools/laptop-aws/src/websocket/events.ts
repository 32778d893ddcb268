import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { arn } from '../aws/identity.ts';
import type { Client } from './connection.ts';

/** What happens on a connection, as functions are told. */
export type Happening =
  | { readonly eventType: 'CONNECT'; readonly request: IncomingMessage }
  | { readonly eventType: 'MESSAGE'; readonly body: string; readonly messageId: string }
  | { readonly eventType: 'DISCONNECT'; readonly code: number; readonly reason: string };

/** The event of an AWS_PROXY integration: APIGatewayProxyWebsocketEventV2 of @types/aws-lambda. */
export const proxyEvent = (client: Client, routeKey: string, happening: Happening, nowMs: number): object => ({
  ...(happening.eventType === 'CONNECT' ? requestParts(happening.request) : {}),
  requestContext: {
    ...context(client, routeKey, happening.eventType, nowMs),
    ...(client.authorizer ? { authorizer: client.authorizer } : {}),
    ...(happening.eventType === 'MESSAGE' ? { messageId: happening.messageId } : {}),
    ...(happening.eventType === 'DISCONNECT'
      ? { disconnectStatusCode: happening.code, disconnectReason: happening.reason }
      : {}),
  },
  ...(happening.eventType === 'MESSAGE' ? { body: happening.body } : {}),
  isBase64Encoded: false,
});

/** The event of a REQUEST authoriser. Its `methodArn` is what a policy must allow. */
export const authorizerEvent = (client: Client, request: IncomingMessage, nowMs: number): object => ({
  type: 'REQUEST',
  methodArn: methodArn(client),
  ...requestParts(request),
  stageVariables: {},
  requestContext: context(client, '$connect', 'CONNECT', nowMs),
});

export const methodArn = ({ api, stage }: Client): string => arn('execute-api', `${api.id}/${stage.name}/$connect`);

/** The query of a handshake; of a parameter that comes more than once, the last counts, as on AWS. */
export const queryOf = ({ url = '' }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(new URL(url, 'http://127.0.0.1').searchParams);

const requestParts = (request: IncomingMessage): object => {
  const query = queryOf(request);
  const headers = Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values] as const);
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const names = [...new Set(url.searchParams.keys())];
  return {
    headers: Object.fromEntries(headers.map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: Object.fromEntries(headers),
    ...(names.length > 0
      ? {
          queryStringParameters: query,
          multiValueQueryStringParameters: Object.fromEntries(
            names.map((name) => [name, url.searchParams.getAll(name)]),
          ),
        }
      : {}),
  };
};

const context = (client: Client, routeKey: string, eventType: string, nowMs: number): object => ({
  routeKey,
  eventType,
  extendedRequestId: randomUUID(),
  requestId: randomUUID(),
  requestTime: new Date(nowMs).toUTCString(),
  requestTimeEpoch: nowMs,
  messageDirection: 'IN',
  stage: client.stage.name,
  connectedAt: client.connectedAtMs,
  identity: { sourceIp: client.sourceIp, userAgent: client.userAgent },
  domainName: client.host,
  connectionId: client.connectionId,
  apiId: client.api.id,
});
