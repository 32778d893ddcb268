import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Functions } from '../lambda/functions.ts';
import type { Api, Route } from './api.ts';
import { authorized } from './authorize.ts';
import type { Client } from './connection.ts';
import { proxyEvent } from './events.ts';
import { Refusal } from './refusal.ts';
import type { Gate } from './throttle.ts';

export interface Handshaking {
  readonly apis: ReadonlyMap<string, Api>;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly gateOf: (client: Client, route: Route) => Gate;
  /** Pages that may connect. Clients that are no browsers send no Origin, and may. */
  readonly origins: readonly string[];
  readonly now: () => number;
}

/**
 * Everything before a connection opens: its address, its Origin, the throttle, the authoriser, the `$connect` route.
 *
 * @throws Refusal with the status that AWS gives
 */
export const admit = async (
  request: IncomingMessage,
  { apis, functions, gateOf, origins, now }: Handshaking,
): Promise<Client> => {
  const { origin, host = '', 'user-agent': userAgent = '' } = request.headers;
  if (origin !== undefined && !origins.includes(origin))
    throw new Refusal(403, 'pages of other origins may not connect to the laptop platform');
  const [, apiId = '', stageName = ''] = /^\/_ws\/(\w+)\/(\w+)\/?(?:\?|$)/.exec(request.url ?? '') ?? [];
  const api = apis.get(apiId);
  const stage = api?.stages.get(stageName);
  if (!api || !stage)
    throw new Refusal(403, 'no such WebSocket API or stage; start-up prints the address of each as an output');
  const connectedAtMs = now();
  const client: Client = {
    connectionId: `${randomBytes(11).toString('base64url')}=`,
    api,
    stage,
    connectedAtMs,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    userAgent,
    host,
  };
  const route = api.routes.get('$connect');
  if (!route) return client;
  if (!gateOf(client, route)()) throw new Refusal(429, 'Too Many Requests');
  const authorizer = route.authorizer && (await authorized(route.authorizer, client, request, functions, now()));
  const known = authorizer ? { ...client, authorizer } : client;
  const event = proxyEvent(known, '$connect', { eventType: 'CONNECT', request }, now());
  const { payload, functionError } = await functions.invoke(route.functionArn, JSON.stringify(event));
  if (functionError) throw new Refusal(500, 'Internal server error');
  const { statusCode } = (JSON.parse(payload) ?? {}) as { statusCode?: unknown };
  if (typeof statusCode !== 'number') throw new Refusal(502, 'the function of $connect returned no statusCode');
  if (statusCode < 200 || statusCode > 299) throw new Refusal(statusCode, 'the function of $connect refused');
  return known;
};
