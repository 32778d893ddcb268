import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { BuiltResource, ResourceKind } from '../assembly/resource-kind.ts';
import { type Front, openFront } from '../front/front.ts';
import type { Functions } from '../lambda/functions.ts';
import { payloadText } from '../lambda/stream-payload.ts';
import { openWebSockets, type WebSocketOptions, type WebSockets } from './websockets.ts';

/** A function of a test: takes the event, returns what a handler would. */
export type Handler = (event: never) => unknown;

/** Functions that run in the test itself, by name or ARN; the last part of an ARN is its name. */
export const inProcess = (handlers: Readonly<Record<string, Handler>>): Pick<Functions, 'invoke'> => ({
  invoke: async (nameOrArn, payload) => {
    try {
      const run = handlers[nameOrArn.split(':').at(-1) ?? ''] as (event: unknown) => unknown;
      return { requestId: 'one', payload: JSON.stringify((await run(JSON.parse(payloadText(payload)))) ?? null) };
    } catch (error) {
      const errorMessage = (error as Error).message;
      return { requestId: 'one', payload: JSON.stringify({ errorMessage }), functionError: 'Unhandled' };
    }
  },
});

export interface AnApi {
  readonly url: string;
  readonly sockets: WebSockets;
  readonly management: ApiGatewayManagementApiClient;
  readonly reports: readonly string[];
  /** A client whose messages are collected from the start. */
  connect(query?: string, options?: ClientOptions): Promise<AClient>;
  /** The HTTP status of a handshake that is refused. */
  refused(query?: string, options?: ClientOptions): Promise<number>;
  close(): Promise<void>;
}

export interface AClient {
  readonly socket: WebSocket;
  next(): Promise<unknown>;
  /** The code with which the connection ends. */
  readonly ended: Promise<number>;
}

export const dashboardOrigin = 'http://127.0.0.1:4200';

/** A WebSocket API with routes $connect (behind an authoriser), $disconnect, subscribe and $default, on a free port. */
export const anApi = async (
  handlers: Readonly<Record<string, Handler>>,
  {
    throttle = { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 1000 },
    ...options
  }: Partial<WebSocketOptions> & {
    readonly throttle?: { readonly ThrottlingRateLimit: number; readonly ThrottlingBurstLimit: number };
  } = {},
): Promise<AnApi> => {
  const reports: string[] = [];
  const sockets = openWebSockets({
    functions: inProcess(handlers),
    origins: [dashboardOrigin],
    report: (line) => void reports.push(line),
    ...options,
  });
  const id = await build(sockets, throttle);
  const front: Front = await openFront({
    port: 0,
    services: { 'execute-api': sockets.service },
    upgrade: sockets.upgrade,
  });
  const url = `ws://127.0.0.1:${front.port}/_ws/${id}/prod`;
  const management = new ApiGatewayManagementApiClient({
    endpoint: url.replace('ws:', 'http:'),
    region: 'us-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    url,
    sockets,
    management,
    reports,
    connect: async (query = '?token=good', clientOptions = {}) => {
      const client = aClient(new WebSocket(url + query, clientOptions));
      await once(client.socket, 'open');
      return client;
    },
    refused: async (query = '?token=good', clientOptions = {}) => {
      const socket = new WebSocket(url + query, clientOptions);
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      socket.terminate();
      return response.statusCode;
    },
    close: async () => {
      management.destroy();
      await sockets.stop();
      await front.close();
    },
  };
};

const aClient = (socket: WebSocket): AClient => {
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString('utf8'));
    const first = waiting.shift();
    if (first) first(message);
    else messages.push(message);
  });
  return {
    socket,
    next: () =>
      messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve)),
    ended: new Promise((resolve) => socket.once('close', resolve)),
  };
};

const uri = (name: string): string =>
  `arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/arn:aws:lambda:us-west-2:000000000000:function:${name}/invocations`;

/** As the synthesised template describes it; gives the API's id. */
const build = async (sockets: WebSockets, throttle: object): Promise<string> => {
  const kinds = sockets.resources();
  const make = async (type: string, logicalId: string, properties: object): Promise<string> => {
    const kind = kinds[`AWS::ApiGatewayV2::${type}`] as ResourceKind<unknown>;
    const place = { stack: 'AcmeDashboardStack', logicalId, generatedName: `AcmeDashboardStack-${logicalId}` };
    const built: BuiltResource = await kind.build(kind.properties.parse(properties), place);
    return built.ref;
  };
  const ApiId = await make('Api', 'Api', {
    Name: 'acme-live-socket',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const integration = { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: uri('sockets') };
  const Target = `integrations/${await make('Integration', 'Sockets', integration)}`;
  const AuthorizerId = await make('Authorizer', 'Token', {
    ApiId,
    AuthorizerType: 'REQUEST',
    AuthorizerUri: uri('authorize'),
    IdentitySource: ['route.request.querystring.token'],
    Name: 'Token',
  });
  await make('Route', 'Connect', { ApiId, RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId, Target });
  await make('Route', 'Disconnect', { ApiId, RouteKey: '$disconnect', Target });
  for (const RouteKey of ['subscribe', '$default'])
    await make('Route', RouteKey, { ApiId, RouteKey, Target, RouteResponseSelectionExpression: '$default' });
  await make('Stage', 'Stage', { ApiId, StageName: 'prod', AutoDeploy: true, DefaultRouteSettings: throttle });
  return ApiId;
};
