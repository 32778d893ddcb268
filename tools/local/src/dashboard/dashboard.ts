import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { httpOptions, listen, type Patience, patience } from '@acme/laptop-aws/machine';
import { pageFiles } from './page-files.ts';

export interface DashboardOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the page connects, without a token: `ws://127.0.0.1:4566/_ws/<api>/<stage>`. */
  readonly webSocketUrl: string;
  /** A new token, good for one connection. */
  readonly mintToken: () => Promise<string>;
  /** The built page. */
  readonly folder: string;
  /** Tells the person at the laptop of trouble. */
  readonly report: (line: string) => void;
  /** How long it waits for browsers. @default as `front/patience.ts` has it */
  readonly waits?: Patience;
}

export interface Dashboard {
  readonly url: string;
  /** Stops listening and ends open requests. */
  close(): Promise<void>;
}

/**
 * The live page on 127.0.0.1, and `GET /session`, which gives that page, and no page of another origin, the address of
 * a new connection: `{ url: 'ws://…?token=…' }`.
 *
 * @throws PortError when the port is taken, MissingPageError when the page has not been built
 */
export const openDashboard = async (options: DashboardOptions): Promise<Dashboard> => {
  const files = pageFiles(options.folder);
  let host = '';
  const { waits = patience } = options;
  const server = createServer(httpOptions(waits), (request, response) => {
    for (const [name, value] of Object.entries(strictHeaders(options.webSocketUrl))) response.setHeader(name, value);
    const path = (request.url ?? '/').split('?', 1)[0] as string;
    if (request.headers.host !== host) return elsewhere(request, response, host, path);
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'use GET');
    if (path === '/session') return void session(request, response, options, host);
    const file = files.get(path);
    if (!file) return answer(response, 404, 'there is no such page; the dashboard is at /');
    response.writeHead(200, {
      'content-type': file.type,
      'content-length': file.bytes.length,
      'cache-control': file.neverChanges ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  });
  server.maxConnections = waits.connections;
  host = `127.0.0.1:${await listen(server, options.port, '--port')}`;
  return {
    url: `http://${host}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Another name of this machine is sent to the one that the WebSocket API knows; a name that was rebound gets nothing. */
const elsewhere = (request: IncomingMessage, response: ServerResponse, host: string, path: string): void => {
  const port = host.slice(host.indexOf(':'));
  if (request.headers.host === `localhost${port}` && path === '/') {
    response.writeHead(308, { location: `http://${host}/` }).end();
    return;
  }
  answer(response, 403, `the dashboard answers only to the host ${host}`);
};

const session = async (
  { headers }: IncomingMessage,
  response: ServerResponse,
  { webSocketUrl, mintToken, report }: DashboardOptions,
  host: string,
): Promise<void> => {
  const { origin, 'sec-fetch-site': site } = headers;
  const isForeign = (origin !== undefined && origin !== `http://${host}`) || (site ?? 'same-origin') !== 'same-origin';
  if (isForeign) return answer(response, 403, 'only the dashboard itself gets a session');
  try {
    const body = JSON.stringify({ url: `${webSocketUrl}?token=${await mintToken()}` });
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
  } catch (error) {
    report(`dashboard session: ${(error as Error).message}`);
    answer(response, 500, 'no token could be made; the platform’s terminal says why');
  }
};

const answer = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
};

const strictHeaders = (webSocketUrl: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${new URL(webSocketUrl).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
});
