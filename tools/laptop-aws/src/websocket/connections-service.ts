import { AwsError } from '../aws/aws-error.ts';
import { readBody } from '../aws/read-body.ts';
import type { AwsService } from '../aws/service.ts';
import type { Connection } from './connection.ts';
import { closing, limits, unreadBytes } from './limits.ts';

/** `@connections`, the API by which functions reach open connections: POST sends, GET describes, DELETE closes. */
export const connectionsService =
  (connections: ReadonlyMap<string, Connection>, now: () => number): AwsService =>
  async (request, response) => {
    const connection = find(connections, request.url ?? '');
    if (request.method === 'POST') {
      const body = await readBody(request, limits.messageBytes).catch((error: unknown) => {
        if (!(error instanceof AwsError) || error.status !== 413) throw error;
        throw new AwsError('PayloadTooLargeException', `a message is at most ${limits.messageBytes} bytes`, 413);
      });
      if (connection.socket.bufferedAmount > unreadBytes)
        throw new AwsError('LimitExceededException', 'the client does not read what it is sent', 429);
      connection.lastActiveAtMs = now();
      connection.socket.send(body.toString('utf8'));
      response.writeHead(200).end();
      return;
    }
    if (request.method === 'GET') {
      const { connectedAtMs, sourceIp, userAgent } = connection.client;
      const description = {
        connectedAt: new Date(connectedAtMs).toISOString(),
        lastActiveAt: new Date(connection.lastActiveAtMs).toISOString(),
        identity: { sourceIp, userAgent },
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(description));
      return;
    }
    if (request.method !== 'DELETE') throw new AwsError('ForbiddenException', 'use POST, GET or DELETE', 403);
    connection.socket.close(closing.goingAway, 'Connection closed by the server');
    response.writeHead(204).end();
  };

const path = /^\/_ws\/(\w+)\/(\w+)\/(?:@|%40)connections\/([\w-]+(?:=|%3D))$/i;

const find = (connections: ReadonlyMap<string, Connection>, url: string): Connection => {
  const [, apiId, stage, id] = path.exec(url.split('?', 1)[0] as string) ?? [];
  if (id === undefined)
    throw new AwsError('ForbiddenException', 'the path must be /_ws/<api>/<stage>/@connections/<connection id>', 403);
  const connection = connections.get(id.replace(/%3D$/i, '='));
  const isThere =
    connection?.client.api.id === apiId &&
    connection?.client.stage.name === stage &&
    connection?.socket.readyState === connection?.socket.OPEN;
  if (!connection || !isThere) throw new AwsError('GoneException', 'the connection is closed', 410);
  return connection;
};
