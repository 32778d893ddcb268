// What a web page that has nothing to do with the platform can do to it, in a real browser: nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { endsWithUs, listen } from '@acme/laptop-aws/machine';
import { blockedByBrowsers, dynoxideBinary } from '@acme/laptop-aws/testing';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { aBrowser } from '../dashboard/browser.fixture.ts';
import { aPlace, type Place } from './platform.fixture.ts';
import { listeningSockets } from './listening-sockets.ts';

const timeout = 300_000;

/** As much of the browser's own types as the page needs. */
interface BrowserWindow {
  readonly document: {
    readonly contentType: string;
    readonly body: Pick<BrowserElement, 'appendChild'>;
    createElement(name: string): BrowserElement;
  };
}
interface BrowserElement {
  name: string;
  appendChild<Child>(child: Child): Child;
  addEventListener(event: 'load', take: (event: unknown) => void, options: { readonly once: boolean }): void;
  submit(): void;
}

/** Tried in the page: each way to send something to a place, with what came of it. */
const attack = async ({ base, table, bucket }: { base: string; table: string; bucket: string }): Promise<string[]> => {
  const signed = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const inQuery = (service: string) =>
    `?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=local%2F20260101%2Fus-west-2%2F${service}%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=0`;
  const target = (operation: string) => `DynamoDB_20120810.${operation}`;
  const put = JSON.stringify({ TableName: table, Item: { id: { S: 'evil' } } });
  const dynamoDb = (operation: string) => ({
    authorization: signed('dynamodb'),
    'x-amz-date': '20260101T000000Z',
    'x-amz-target': target(operation),
    'content-type': 'application/x-amz-json-1.0',
  });
  const requests: readonly (readonly [path: string, init: RequestInit])[] = [
    ['/', {}],
    ['/session', {}],
    ['/', { method: 'POST', headers: dynamoDb('ListTables'), body: '{}' }],
    ['/', { method: 'POST', headers: dynamoDb('PutItem'), body: put }],
    ['/', { method: 'POST', headers: dynamoDb('PutItem'), body: put, mode: 'no-cors' }],
    [`/${inQuery('dynamodb')}&X-Amz-Target=${target('PutItem')}`, { method: 'POST', body: put, mode: 'no-cors' }],
    [
      `/${inQuery('dynamodb')}`,
      { method: 'POST', headers: { 'x-amz-target': target('PutItem'), 'content-type': 'application/json' }, body: put },
    ],
    [`/${bucket}/evil${inQuery('s3')}`, { method: 'PUT', body: 'evil' }],
    [`/${bucket}/evil${inQuery('s3')}`, { method: 'POST', body: 'evil', mode: 'no-cors' }],
    [`/${bucket}/canary${inQuery('s3')}`, {}],
    [`/${bucket}/canary${inQuery('s3')}`, { method: 'DELETE' }],
    [`/${bucket}/canary`, { headers: { authorization: signed('s3') } }],
  ];
  const got: string[] = [];
  for (const [path, init] of requests) {
    const what = `${init.method ?? 'GET'} ${init.mode ?? 'cors'} ${path.split('?')[0]}`;
    try {
      const response = await fetch(base + path, init);
      if (response.ok) got.push(`${what}: ${(await response.text()).slice(0, 60)}`);
    } catch {
      // The browser or the platform refused it.
    }
  }
  // What needs no leave to be sent: a form, as any page can send one.
  const { document } = globalThis as unknown as BrowserWindow;
  // A refusal in XML is a page without forms.
  if (document.contentType !== 'application/xml') {
    const frame = document.createElement('iframe');
    frame.name = 'sent'; // before it is there: a name that comes later is nobody's target
    document.body.appendChild(frame);
    const form = document.body.appendChild(document.createElement('form'));
    Object.assign(form, {
      method: 'post',
      enctype: 'text/plain',
      target: 'sent',
      action: `${base}/${inQuery('dynamodb')}&X-Amz-Target=${target('PutItem')}`,
    });
    const field = form.appendChild(document.createElement('input'));
    Object.assign(field, { name: put.slice(0, -1), value: '}' });
    const sent = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    form.submit();
    await sent;
  }
  for (const path of ['/', '/_ws/x/prod']) {
    const opened = await new Promise<boolean>((resolve) => {
      try {
        const socket = new WebSocket(base.replace('http', 'ws') + path);
        socket.addEventListener('open', () => resolve(true));
        socket.addEventListener('error', () => resolve(false));
      } catch {
        resolve(false);
      }
    });
    if (opened) got.push(`WebSocket ${path}`);
  }
  return got;
};

(process.platform === 'linux' ? describe : describe.skip)('a foreign web page', () => {
  const evil = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>evil</title><body></body>');
  });
  let place: Place;
  let browser: Browser;
  let dynamoDb: DynamoDBClient;
  let s3: S3Client;
  let hosts: readonly string[];

  beforeAll(async () => {
    place = await aPlace();
    await place.start('--rate', '0', '--schedules', 'off');
    dynamoDb = new DynamoDBClient(place.client);
    s3 = new S3Client({ ...place.client, forcePathStyle: true });
    const [key] = ['id'];
    await dynamoDb.send(
      new CreateTableCommand({
        TableName: 'canary',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      }),
    );
    await s3.send(new CreateBucketCommand({ Bucket: 'canary' }));
    await s3.send(new PutObjectCommand({ Bucket: 'canary', Key: 'canary', Body: 'alive' }));
    hosts = [...new Set(listeningSockets(place.dir).map(({ host }) => host))];
    await listen(evil, 0, '');
    // Names that mean this machine, as an attacker's name server would answer after it was asked once.
    const rules = [`MAP evil.test 127.0.0.1`, ...hosts.map((host, index) => `MAP rebound-${index}.test ${host}`)];
    const found = await aBrowser(`--host-resolver-rules=${rules.join(',')}`);
    if (!found) throw new Error('this test needs a Chromium: install one, or name it with CHROME_PATH');
    browser = found;
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    evil.close();
    dynamoDb?.destroy();
    s3?.destroy();
    await place.close();
  });

  const evilPage = async (): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`http://evil.test:${(evil.address() as AddressInfo).port}/`);
    return page;
  };
  const canaries = { table: 'canary', bucket: 'canary' };
  const stores = async () => ({
    tables: (await dynamoDb.send(new ListTablesCommand({}))).TableNames,
    items: (await dynamoDb.send(new ScanCommand({ TableName: 'canary' }))).Items,
    buckets: (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name),
    objects: (await s3.send(new ListObjectsV2Command({ Bucket: 'canary' }))).Contents?.map(({ Key, ETag }) => [
      Key,
      ETag,
    ]),
  });

  it(
    'would read and write a DynamoDB engine on any other port',
    async () => {
      const server = createServer();
      const port = await listen(server, 0, '');
      await new Promise((resolve) => server.close(resolve));
      const engine = spawn(await dynoxideBinary(), ['--port', String(port)], {
        cwd: tmpdir(),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      endsWithUs(engine);
      await once(engine.stderr, 'data');
      const page = await evilPage();
      const got = await page.evaluate(attack, { base: `http://127.0.0.1:${port}`, ...canaries });
      engine.kill();
      expect(got).toContainEqual('POST cors /: {"TableNames":[]}');
    },
    timeout,
  );

  it(
    'is kept by the browser from every port that the engine may choose',
    async () => {
      const host = '127.83.20.7'; // of its own, so that the ports are free
      const answering = () => createServer((_request, response) => response.end('reached'));
      const open = answering();
      const servers = blockedByBrowsers.map(answering);
      await Promise.all(
        servers.map((server, index) => once(server.listen(blockedByBrowsers[index], host), 'listening')),
      );
      await once(open.listen(0, host), 'listening');
      const page = await evilPage();
      const asked = (port: number) =>
        page.evaluate(
          (url) =>
            fetch(url, { mode: 'no-cors' }).then(
              () => 'reached',
              () => 'kept away',
            ),
          `http://${host}:${port}/`,
        );
      const got: [number, string][] = [];
      for (const port of blockedByBrowsers) got.push([port, await asked(port)]);
      const other = await asked((open.address() as AddressInfo).port);
      await page.close();
      for (const server of [...servers, open]) server.close();
      expect(got).toEqual(blockedByBrowsers.map((port) => [port, 'kept away']));
      expect(other).toBe('reached');
    },
    timeout,
  );

  it(
    'reads and writes nothing on any port that the platform and its engines listen on',
    async () => {
      const sockets = listeningSockets(place.dir);
      expect(sockets.map(({ port }) => port)).toEqual(expect.arrayContaining([place.port, place.awsPort]));
      expect(sockets.filter(({ command }) => command.includes('dynoxide'))).toHaveLength(1);
      const before = await stores();

      const got: Record<string, string[]> = {};
      for (const { host, port } of sockets) {
        const page = await evilPage();
        got[`${host}:${port}`] = await page.evaluate(attack, { base: `http://${host}:${port}`, ...canaries });
        // Its name, once it was made to mean this machine: then the browser takes the platform for the page's own server.
        const base = `http://rebound-${hosts.indexOf(host)}.test:${port}`;
        const isThere = await page.goto(`${base}/`).then(
          () => true,
          () => false,
        );
        if (isThere) got[base] = await page.evaluate(attack, { base, ...canaries });
        await page.close();
      }
      expect(Object.entries(got).filter(([, what]) => what.length > 0)).toEqual([]);
      expect(await stores()).toEqual(before);
      expect(before).toMatchObject({ items: [], objects: [['canary', expect.any(String)]] });
    },
    timeout,
  );
});
