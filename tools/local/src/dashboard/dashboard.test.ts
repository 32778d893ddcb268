import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Dashboard, openDashboard } from './dashboard.ts';

const webSocketUrl = 'ws://127.0.0.1:4566/_ws/abc/prod';

describe('the dashboard’s server', () => {
  let folder: string;
  let dashboard: Dashboard;
  let minted: number;
  const open = (port = 0) =>
    openDashboard({ port, webSocketUrl, folder, mintToken: async () => `token-${++minted}`, report: () => undefined });

  beforeEach(async () => {
    minted = 0;
    folder = mkdtempSync(join(tmpdir(), 'acme-page-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<title>page</title>');
    writeFileSync(join(folder, 'assets', 'page-1a2b.js'), 'run()');
    dashboard = await open();
  });
  afterEach(async () => {
    await dashboard.close();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
      const { port } = new URL(dashboard.url);
      request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        text(response).then(
          (body) => resolve({ status: response.statusCode as number, headers: response.headers, body }),
          reject,
        );
      })
        .on('error', reject)
        .end();
    });

  it('serves the built page with headers that let it reach itself and the WebSocket API alone', async () => {
    expect(await get('/')).toMatchObject({
      status: 200,
      body: '<title>page</title>',
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws://127.0.0.1:4566; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
    expect(await get('/assets/page-1a2b.js')).toMatchObject({
      body: 'run()',
      headers: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
  });

  it('gives its page the address of a new connection each time', async () => {
    const sameOrigin = { 'sec-fetch-site': 'same-origin' };
    expect(await get('/session', sameOrigin)).toMatchObject({
      status: 200,
      body: `{"url":"${webSocketUrl}?token=token-1"}`,
      headers: { 'cache-control': 'no-store' },
    });
    expect((await get('/session')).body).toBe(`{"url":"${webSocketUrl}?token=token-2"}`);
  });

  it('gives no session to pages of other origins, nor to a name that was rebound to this machine', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { host: 'evil.example' },
      { host: 'localhost:1' },
    ];
    for (const headers of foreign) expect((await get('/session', headers)).status).toBe(403);
    expect(minted).toBe(0);
  });

  it('sends a browser that came by localhost to its one address', async () => {
    const { port } = new URL(dashboard.url);
    expect(await get('/', { host: `localhost:${port}` })).toMatchObject({
      status: 308,
      headers: { location: `${dashboard.url}/` },
    });
  });

  it('serves nothing outside the page, however the path is written', async () => {
    const { port } = new URL(dashboard.url);
    for (const path of [
      '/../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/nope',
    ])
      expect((await get(path)).status).toBe(404);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end(`GET http://[ HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 404/);
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });

  it('says what to do when its port is taken, or the page has not been built', async () => {
    const { port } = new URL(dashboard.url);
    await expect(open(Number(port))).rejects.toThrow(
      `port ${port} is taken by another program: stop what uses it, or choose another with --port`,
    );
    const missing = {
      port: 0,
      webSocketUrl,
      folder: join(folder, 'no'),
      mintToken: async () => '',
      report: () => undefined,
    };
    await expect(openDashboard(missing)).rejects.toThrow('run `npx nx run dashboard:bundle`');
  });
});
