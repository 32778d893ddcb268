import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AwsError } from '../aws/aws-error.ts';
import { asAwsError } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
import { handToEither } from './either-http.ts';
import { answerError } from './error-answer.ts';
import { listen } from './listen.ts';
import { endSilent, httpOptions, lookAtConnections, type Patience, patience } from './patience.ts';
import { refuseForeignHost, refuseForeignPages } from './same-machine.ts';
import { refuseExpired, signedFor } from './signature.ts';

/** Takes over a WebSocket upgrade, as Node's `upgrade` event gives it; checks the Origin itself. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface FrontOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** By signing name, as it stands in the credential scope: `kinesis`, `execute-api`, `monitoring`, … */
  readonly services: Readonly<Record<string, AwsService>>;
  /** For paths under `/_ws/`. */
  readonly upgrade: UpgradeHandler;
  /** Pages that may call, such as `http://127.0.0.1:4200`. @default none */
  readonly origins?: readonly string[];
  /** How long it waits for clients. @default as `patience.ts` has it */
  readonly waits?: Patience;
}

export interface Front {
  readonly port: number;
  /** Stops listening, gives open requests a second, then ends their connections. */
  close(): Promise<void>;
}

/** How long close() waits for open requests. */
const closingMs = 1000;

/** Room for a whole PutRecords call in flight; HTTP/2's default of 64 KiB makes it wait for acknowledgements. */
const windowBytes = 16 * 1024 * 1024;

/**
 * The one AWS endpoint, on 127.0.0.1 alone: HTTP/1.1 and cleartext HTTP/2 on one port, routed by the signature's
 * service. A foreign Host or Origin and an unsigned request are refused, and there are no CORS headers.
 *
 * @throws PortError when the port is taken or may not be opened
 */
export const openFront = async ({
  port,
  services,
  upgrade,
  origins = [],
  waits = patience,
}: FrontOptions): Promise<Front> => {
  let open = port;
  const serve = async (request: IncomingMessage, response: ServerResponse, service: string | undefined) => {
    refuseForeignPages(request, open, origins);
    if (service === undefined) return answerUnsigned(request, response);
    refuseExpired(request.url ?? '', Date.now());
    const serving = Object.hasOwn(services, service) ? services[service] : undefined;
    if (serving) return serving(request, response);
    const known = Object.keys(services).sort().join(', ');
    throw new AwsError('UnknownService', `the laptop platform has no ${service}; it has ${known}`, 501);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const service = signedFor(request);
    serve(request, response, service).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answerError(request, response, asAwsError(error), service);
    });
  };
  const http = createHttpServer(httpOptions(waits), answer);
  lookAtConnections(http);
  const http2 = createHttp2Server({ settings: { initialWindowSize: windowBytes } }, (request, response) =>
    // Node's compatibility layer: made to be taken for the HTTP/1.1 ones.
    answer(request as unknown as IncomingMessage, response as unknown as ServerResponse),
  );
  const sessions = new Set<ServerHttp2Session>();
  http2.on('session', (session) => {
    session.setLocalWindowSize(windowBytes);
    endSilent(session, waits);
    sessions.add(session.on('close', () => sessions.delete(session)));
  });
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    try {
      refuseForeignHost(request, open);
      if (!request.url?.startsWith('/_ws/')) throw new AwsError('NotFound', 'WebSocket APIs are under /_ws/', 404);
      upgrade(request, socket, head);
    } catch (error) {
      const { status, message } = asAwsError(error);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(message)}\r\n\r\n${message}`,
        () => socket.destroy(), // whether or not the client ends its side
      );
    }
  });

  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)));
    socket.on('error', () => socket.destroy()); // a client that went away
    socket.setNoDelay(true);
    handToEither(socket, http, http2, waits.headersMs);
  });
  server.maxConnections = waits.connections;
  open = await listen(server, port, '--aws-port');
  return {
    port: open,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      http.closeIdleConnections();
      for (const session of sessions) session.close();
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, closingMs);
      await closed;
      clearTimeout(timer);
      http.close(); // it never listened: this ends its looking at connections
    },
  };
};

const answerUnsigned = (request: IncomingMessage, response: ServerResponse): void => {
  if (request.method !== 'GET' || request.url !== '/') {
    throw new AwsError(
      'MissingAuthenticationToken',
      'the request is not signed: use an AWS client, with the variables that `npm run env` prints',
      403,
    );
  }
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('The AWS endpoint of the laptop platform. For AWS clients: eval "$(npm run -s env)"\n');
};
