import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { ResourceKinds } from '../assembly/resource-kind.ts';
import type { AwsService } from '../aws/service.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Api, Route } from './api.ts';
import type { Client, Connection } from './connection.ts';
import { connectionsService } from './connections-service.ts';
import { proxyEvent } from './events.ts';
import { frameLengths } from './frame-lengths.ts';
import { admit } from './handshake.ts';
import { closing, limits } from './limits.ts';
import { answerMessage } from './messages.ts';
import { Refusal, refuse } from './refusal.ts';
import { webSocketResources } from './resource.ts';
import { type Gate, gate } from './throttle.ts';

export interface WebSocketOptions {
  readonly functions: Pick<Functions, 'invoke'>;
  /** Pages that may connect, such as `http://127.0.0.1:4200`; a client without Origin may always. */
  readonly origins: readonly string[];
  /** Tells the person at the laptop of trouble. */
  readonly report: (line: string) => void;
  readonly now?: () => number;
  /** How often connections are checked for their age and idleness. @default 5 seconds */
  readonly checkEveryMs?: number;
}

export interface WebSockets {
  /** What WebSocket APIs take of the types in the templates. */
  resources(): ResourceKinds;
  /** `@connections`, for the signing name execute-api. */
  readonly service: AwsService;
  /** Node's `upgrade` event of a path `/_ws/<api id>/<stage>`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every connection and waits until their `$disconnect` has run. */
  stop(): Promise<void>;
}

/**
 * WebSocket APIs of API Gateway: connections live in this process and end with it. After a restart their ids are
 * answered with 410 Gone, by which functions forget them.
 */
export const openWebSockets = (options: WebSocketOptions): WebSockets => {
  const { functions, origins, report, now = Date.now, checkEveryMs = 5_000 } = options;
  const apis = new Map<string, Api>();
  const connections = new Map<string, Connection>();
  const gates = new Map<string, Gate>();
  const leaving = new Set<Promise<void>>();
  let isStopping = false;
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes });

  const gateOf = ({ api, stage }: Client, route: Route): Gate => {
    if (!stage.throttle) return () => true;
    const name = `${api.id}/${stage.name}/${route.key}`;
    const known = gates.get(name) ?? gate(stage.throttle, now);
    gates.set(name, known);
    return known;
  };

  const disconnect = async (client: Client, code: number, reason: string): Promise<void> => {
    const route = client.api.routes.get('$disconnect');
    if (!route) return;
    const event = proxyEvent(client, '$disconnect', { eventType: 'DISCONNECT', code, reason }, now());
    try {
      await functions.invoke(route.functionArn, JSON.stringify(event));
    } catch (error) {
      report(`WebSocket route $disconnect: ${(error as Error).message}`);
    }
  };

  const open = (client: Client, socket: WebSocket): void => {
    const connection: Connection = { client, socket, lastActiveAtMs: now() };
    connections.set(client.connectionId, connection);
    socket.on('error', () => undefined); // 'close' follows, with the code
    socket.on('close', (code, reason) => {
      connections.delete(client.connectionId);
      const left = disconnect(client, code, reason.toString('utf8')).finally(() => leaving.delete(left));
      leaving.add(left);
    });
    socket.on('message', (data: RawData, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      if (isBinary) return socket.close(closing.unsupportedData, 'Only text is supported');
      connection.lastActiveAtMs = now();
      const gateOfRoute = (route: Route) => gateOf(client, route);
      // ws hands over a Buffer: its binaryType is the default, nodebuffer.
      void answerMessage(connection, (data as Buffer).toString('utf8'), {
        functions,
        gateOf: gateOfRoute,
        now,
        report,
      });
    });
  };

  const accept = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    if (isStopping) throw new Refusal(503, 'the laptop platform is stopping');
    const client = await admit(request, { apis, functions, gateOf, origins, now });
    if (socket.destroyed) return disconnect(client, 1006, 'the client went away while it was let in');
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const lengthsIn = frameLengths();
      // Before ws sees the same bytes: a frame that is too long ends the connection, not its message's routing.
      socket.prependListener('data', (bytes: Buffer) => {
        if (lengthsIn(bytes).some((length) => length > limits.frameBytes))
          webSocket.close(closing.messageTooBig, `A frame is at most ${limits.frameBytes} bytes`);
      });
      open(client, webSocket);
    });
  };

  const closeOld = (): void => {
    for (const { client, socket, lastActiveAtMs } of connections.values()) {
      const nowMs = now();
      if (nowMs - client.connectedAtMs >= limits.connectionMs || nowMs - lastActiveAtMs >= limits.idleMs)
        socket.close(closing.goingAway, 'Going away');
    }
  };
  const checking = setInterval(closeOld, checkEveryMs);
  checking.unref();

  return {
    resources: () => webSocketResources(apis),
    service: connectionsService(connections, now),
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      accept(request, socket, head).catch((error: unknown) => {
        if (!(error instanceof Refusal)) report(`WebSocket connection: ${(error as Error).message}`);
        refuse(socket, error instanceof Refusal ? error : new Refusal(500, 'Internal server error'));
      });
    },
    stop: async () => {
      clearInterval(checking);
      isStopping = true;
      const closed = [...connections.values()].map(
        ({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      for (const { socket } of connections.values()) socket.close(closing.goingAway, 'Going away');
      // A client that does not answer the close frame is cut off.
      const cut = setTimeout(() => connections.forEach(({ socket }) => socket.terminate()), 500);
      await Promise.all(closed);
      clearTimeout(cut);
      await Promise.all(leaving);
    },
  };
};
