import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type ClientHttp2Session } from 'node:http2';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Patience, patience } from '@acme/laptop-aws/machine';
import { type Front, openFront, readBody } from '@acme/laptop-aws/testing';
import { openDashboard } from './dashboard.ts';

/** Short, so that nobody waits; the order of the limits is that of the real ones. */
const waits: Patience = {
  headersMs: 150,
  requestMs: 300,
  keepAliveMs: 150,
  sessionMs: 150,
  checkEveryMs: 20,
  connections: 50,
};
const signature =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/kinesis/aws4_request, SignedHeaders=host, Signature=0';

let front: Front;
let release: () => void;
let asked: Promise<void>;
const open = async (only: Partial<Patience> = {}): Promise<void> => {
  const released = new Promise<void>((resolve) => (release = resolve));
  let tell: () => void = () => undefined;
  asked = new Promise<void>((resolve) => (tell = resolve));
  front = await openFront({
    port: 0,
    waits: { ...waits, ...only },
    services: {
      kinesis: async (request, response) => {
        await readBody(request, 1_000_000);
        if (request.url === '/slow') {
          tell();
          await released;
        }
        response.end('done');
      },
    },
    upgrade: () => undefined,
  });
};
beforeEach(() => open());
afterEach(() => front.close());

const headers = (path: string, more = ''): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${front.port}\r\nauthorization: ${signature}\r\n${more}\r\n`;

/** A connection that has sent this, and adds to it a byte at a time for as long as it may. */
const saying = (
  port: number,
  text: string,
  drip = '',
): { readonly socket: Socket; readonly closed: Promise<unknown> } => {
  const socket = createConnection(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  if (text !== '') socket.write(text);
  const dripping = drip === '' ? undefined : setInterval(() => socket.write(drip), 20);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  return { socket, closed: closed.finally(() => clearInterval(dripping)) };
};

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

describe('a client that is silent or slow', () => {
  it.each([
    ['says nothing', () => '', ''],
    ['says one byte', () => 'P', ''],
    ['begins its headers', () => headers('/').slice(0, 40), ''],
    ['sends a header a byte at a time', () => headers('/', 'x-slow: ').slice(0, -2), 'x'],
    ['sends no body', () => headers('/', 'content-length: 1000\r\n'), ''],
    ['sends a body a byte at a time', () => headers('/', 'content-length: 1000\r\n'), 'x'],
    ['sends a chunk a byte at a time', () => headers('/', 'transfer-encoding: chunked\r\n') + '3e8\r\n', 'x'],
    ['asks for nothing more', () => headers('/', 'content-length: 0\r\n'), ''],
    [
      'wants a WebSocket where there is none',
      () => headers('/chat', 'connection: upgrade\r\nupgrade: websocket\r\n'),
      '',
    ],
    ['begins HTTP/2 and no more', () => preface, ''],
    ['begins half of HTTP/2', () => preface.slice(0, 10), ''],
  ])('that %s is cut off', async (_, text, drip) => {
    await saying(front.port, text(), drip).closed;
  });

  it('by the hundreds leaves room for the others, and a call that takes long is none of them', async () => {
    const slow = saying(front.port, headers('/slow', 'content-length: 0\r\nconnection: close\r\n'));
    let answer = '';
    slow.socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
    await asked;
    for (let wave = 0; wave < 5; wave++)
      await Promise.all(Array.from({ length: 100 }, () => saying(front.port, '').closed));
    expect(answer).toBe('');
    release();
    await slow.closed;
    expect(answer).toMatch(/^HTTP\/1.1 200 OK[^]*done/);
  });

  it('is turned away while there are as many as there may be', async () => {
    await front.close();
    await open({ ...patience, connections: 1 });
    const one = saying(front.port, headers('/slow', 'content-length: 0\r\nconnection: close\r\n'));
    await asked;
    const oneMore = saying(front.port, headers('/', 'content-length: 0\r\n'));
    let answer = '';
    oneMore.socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
    await oneMore.closed;
    expect(answer).toBe('');
    release();
    await one.closed;
  });

  const session = (): ClientHttp2Session => connect(`http://127.0.0.1:${front.port}`).on('error', () => undefined);
  const ask = (from: ClientHttp2Session, path: string) => {
    const stream = from.request({ ':method': 'POST', ':path': path, authorization: signature });
    stream.on('error', () => undefined);
    stream.resume();
    return stream;
  };

  it('of HTTP/2 is cut off: a session that asks for nothing, or nothing more, and a body that does not come', async () => {
    const nothing = session();
    const closed = once(nothing, 'close');
    const more = session();
    const moreClosed = once(more, 'close');
    await once(ask(more, '/').end('{}'), 'close');
    await Promise.all([closed, moreClosed]);

    const body = session();
    const stream = ask(body, '/');
    const dripping = setInterval(() => stream.write('x'), 20);
    await once(stream, 'close');
    clearInterval(dripping);
    expect(stream.rstCode).not.toBe(0);
    const slow = ask(body, '/slow').end();
    const [answered] = [once(slow, 'response')];
    await once(ask(session(), '/').end('{}'), 'close');
    release();
    await answered;
    body.close();
  });
});

describe('the dashboard’s server', () => {
  it.each([
    ['says nothing', ''],
    ['begins its headers', 'GET / HTTP/1.1\r\nho'],
    ['asks for nothing more', 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'],
  ])('cuts a client off that %s', async (_, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'acme-page-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '');
    const dashboard = await openDashboard({
      ...{ port: 0, folder, waits, webSocketUrl: 'ws://127.0.0.1:1/_ws/abc/prod' },
      ...{ mintToken: async () => '', report: () => undefined },
    });
    await saying(Number(new URL(dashboard.url).port), text).closed;
    await dashboard.close();
    rmSync(folder, { recursive: true });
  });
});
