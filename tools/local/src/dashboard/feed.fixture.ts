import { once } from 'node:events';
import { freePorts } from '@acme/laptop-aws/machine';
import { type WebSocket, WebSocketServer } from 'ws';

/** A live feed for tests of the page: a real WebSocket server that sends what the test says. */
export interface Feed {
  readonly url: string;
  /** The tokens that clients came with, in order. */
  readonly tokens: readonly string[];
  /** The filters that they asked for. */
  readonly filters: readonly unknown[];
  send(frame: object): void;
  /** Cuts every connection without a word. */
  drop(): void;
  /** Stops listening, so that nobody can connect, until start(). */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export const aFeed = async (): Promise<Feed> => {
  const [port = 0] = await freePorts(1);
  const tokens: string[] = [];
  const filters: unknown[] = [];
  let server: WebSocketServer | undefined;
  const clients = (): WebSocket[] => [...(server?.clients ?? [])];
  const start = async (): Promise<void> => {
    server = new WebSocketServer({ host: '127.0.0.1', port });
    server.on('connection', (socket, { url = '' }) => {
      tokens.push(new URL(url, 'http://feed').searchParams.get('token') ?? '');
      socket.on('message', (data: Buffer) => {
        const { filter } = JSON.parse(data.toString('utf8')) as { filter: unknown };
        filters.push(filter);
        socket.send(JSON.stringify({ kind: 'subscribed', filter }));
      });
    });
    await once(server, 'listening');
  };
  await start();
  return {
    url: `ws://127.0.0.1:${port}/_ws/abc/prod`,
    tokens,
    filters,
    send: (frame) => {
      for (const client of clients()) client.send(JSON.stringify(frame));
    },
    drop: () => {
      for (const client of clients()) client.terminate();
    },
    stop: async () => {
      for (const client of clients()) client.terminate();
      await new Promise((resolve) => server?.close(resolve));
    },
    start,
  };
};
