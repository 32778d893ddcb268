// A client of the live view, and a browser's requests, for tests of the running platform.
import { once } from 'node:events';
import { request } from 'node:http';
import { WebSocket } from 'ws';

export interface Message {
  readonly kind: string;
  /** Of a frame of events: how many it stands for. */
  readonly total?: number;
  readonly [field: string]: unknown;
}

export interface Viewer {
  readonly socket: WebSocket;
  /** All that came so far. */
  readonly messages: readonly Message[];
  /** How many events came so far. */
  seen(): number;
  /** The code with which the connection ends. */
  readonly closed: Promise<number>;
}

/** A GET request; other than `fetch`, it lets Host and Origin be chosen. */
export const get = (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number | undefined; readonly body: string }> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    })
      .on('error', reject)
      .end();
  });

/** The address of one connection, as the dashboard's page gets it. */
export const session = async (port: number): Promise<string> => {
  const { body } = await get(port, '/session', { 'sec-fetch-site': 'same-origin' });
  return (JSON.parse(body) as { url: string }).url;
};

/** A connection to the live view of the dashboard at the port. */
export const aViewer = async (port: number): Promise<Viewer> => {
  const socket = new WebSocket(await session(port));
  const messages: Message[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString('utf8')) as Message));
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  return {
    socket,
    messages,
    closed,
    seen: () => messages.reduce((sum, { kind, total = 0 }) => (kind === 'events' ? sum + total : sum), 0),
  };
};
