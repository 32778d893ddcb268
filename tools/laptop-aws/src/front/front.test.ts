import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:http2';
import { createConnection } from 'node:net';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { jsonService } from '../aws/json-service.ts';
import { readBody } from '../aws/read-body.ts';
import { stsService } from '../sts/service.ts';
import { type Front, openFront } from './front.ts';

const page = 'http://127.0.0.1:4200';
const signature =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/kinesis/aws4_request, SignedHeaders=host, Signature=0';
const json = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Kinesis_20131202.PutRecords' };

describe('the AWS endpoint', () => {
  let front: Front;
  let client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  const bodies: number[] = [];
  const refusals: string[] = [];
  const upgrades: string[] = [];

  beforeAll(async () => {
    front = await openFront({
      port: 0,
      origins: [page],
      services: {
        kinesis: async (request, response) => {
          try {
            bodies.push((await readBody(request, 16_000_000)).length);
            response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'x-version': request.httpVersion });
            response.end(JSON.stringify({ Records: [], FailedRecordCount: 0 }));
          } catch (error) {
            refusals.push((error as Error).message);
            throw error;
          }
        },
        sts: stsService(),
        s3: (request, response) => {
          response.writeHead(200, { 'content-type': 'application/xml' });
          response.end(`<Path>${request.url?.split('?')[0]}</Path>`);
        },
        ssm: jsonService({}),
      },
      upgrade: (request, socket) => {
        upgrades.push(String(request.url));
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      },
    });
    client = {
      endpoint: `http://127.0.0.1:${front.port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
  });
  afterAll(() => front.close());

  const send = (options: { path?: string; method?: string; headers?: Record<string, string> }, body?: string) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port: front.port, ...options }, async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      sent.on('error', reject);
      sent.end(body);
    });

  it('takes a Kinesis client as it is, which speaks HTTP/2 without TLS', async () => {
    const kinesis = new KinesisClient(client);
    const records = Array.from({ length: 500 }, () => ({ Data: Buffer.alloc(1000), PartitionKey: 'a' }));
    const { $metadata } = await kinesis.send(new PutRecordsCommand({ StreamName: 's', Records: records }));
    kinesis.destroy();

    expect($metadata.httpStatusCode).toBe(200);
    expect(bodies.at(-1)).toBeGreaterThan(500 * 1000);
  });

  it('serves clients of HTTP/1.1 on the same port', async () => {
    expect(await new STSClient(client).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:user/laptop',
      UserId: 'LAPTOP',
    });
    await expect(new S3Client(client).send(new ListBucketsCommand({}))).resolves.toBeDefined();
  });

  it('routes a presigned address by the credential in its query', async () => {
    const path = '/lake/a.json';
    const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=local%2F20260101%2Fus-west-2%2Fs3%2Faws4_request';
    expect(await send({ path: `${path}?${query}` })).toMatchObject({ status: 200, text: '<Path>/lake/a.json</Path>' });
  });

  it('refuses a foreign Host, in the form that the client parses', async () => {
    const { status, text } = await send({
      method: 'POST',
      headers: { host: `evil.example:${front.port}`, authorization: signature, ...json },
    });
    expect([status, JSON.parse(text)]).toEqual([
      403,
      { __type: 'AccessDenied', message: `the laptop platform answers only to the host 127.0.0.1:${front.port}` },
    ]);
    expect((await send({ headers: { host: '127.0.0.1:1', authorization: signature } })).status).toBe(403);
    expect((await send({ headers: { host: `localhost:${front.port}`, authorization: signature } })).status).toBe(200);
  });

  it('refuses pages of other origins, and those whose browser says so', async () => {
    const from = async (headers: Record<string, string>) =>
      (await send({ method: 'POST', headers: { authorization: signature, ...headers } })).status;
    expect(await from({ origin: 'http://evil.example' })).toBe(403);
    expect(await from({ origin: 'null' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await from({ origin: page })).toBe(200);
  });

  it('answers a preflight without CORS headers', async () => {
    const { status, headers } = await send({ method: 'OPTIONS', headers: { origin: page } });
    expect([status, Object.keys(headers).filter((name) => name.startsWith('access-control'))]).toEqual([403, []]);
  });

  it('refuses a request without a signature: JSON to JSON, else XML', async () => {
    expect(await send({ method: 'POST', headers: json })).toMatchObject({
      status: 403,
      headers: { 'x-amzn-errortype': 'MissingAuthenticationToken' },
      text: expect.stringContaining('npm run env'),
    });
    expect((await send({ path: '/lake' })).text).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  it('names the services it has when one is missing', async () => {
    const authorization = signature.replace('kinesis', 'sqs');
    expect(await send({ method: 'POST', headers: { authorization } })).toMatchObject({
      status: 501,
      text: '{"__type":"UnknownService","message":"the laptop platform has no sqs; it has kinesis, s3, ssm, sts"}',
    });
  });

  it('names them to clients of the query protocol in its XML, and to those of EC2 in theirs', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const ask = async (service: string) => {
      const authorization = signature.replace('kinesis', service);
      return (await send({ method: 'POST', headers: { authorization, ...form } }, 'Action=Describe')).text;
    };
    const error = (service: string) =>
      `<Code>UnknownService</Code><Message>the laptop platform has no ${service}; it has kinesis, s3, ssm, sts</Message>`;
    expect(await ask('rds')).toContain(`<ErrorResponse><Error><Type>Receiver</Type>${error('rds')}</Error>`);
    expect(await ask('ec2')).toContain(`<Response><Errors><Error>${error('ec2')}</Error></Errors>`);
  });

  it('takes URLs that are signed by version 2, and none whose time is over', async () => {
    const old = (expires: number) => `/lake/a.json?AWSAccessKeyId=local&Signature=x%3D&Expires=${expires}`;
    const day = (text: string) =>
      `/lake/a.json?X-Amz-Credential=local%2F20260101%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Date=${text}&X-Amz-Expires=60`;
    const inAMinute = Math.floor(Date.now() / 1000) + 60;
    const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    expect(await send({ path: old(inAMinute) })).toMatchObject({ status: 200, text: '<Path>/lake/a.json</Path>' });
    expect((await send({ path: day(now) })).status).toBe(200);
    for (const path of [old(1_700_000_000), day('20200101T000000Z')])
      expect(await send({ path })).toMatchObject({
        status: 403,
        text: expect.stringContaining('<Code>AccessDenied</Code><Message>Request has expired</Message>'),
      });
  });

  it('tells a browser what it is', async () => {
    expect(await send({ path: '/' })).toMatchObject({ status: 200, text: expect.stringContaining('npm run -s env') });
  });

  it('hands WebSocket upgrades on, after the Host check', async () => {
    const upgrade = async (path: string, host: string) => {
      const socket = createConnection(front.port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
      const [first] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return first.toString().split('\r\n')[0];
    };
    expect(await upgrade('/_ws/abc/prod', `127.0.0.1:${front.port}`)).toBe('HTTP/1.1 101 Switching Protocols');
    expect(await upgrade('/_ws/abc/prod', 'evil.example')).toBe('HTTP/1.1 403 Refused');
    expect(await upgrade('/chat', `127.0.0.1:${front.port}`)).toBe('HTTP/1.1 404 Refused');
    expect(upgrades).toEqual(['/_ws/abc/prod']);
  });

  it('waits for more when the first segment is one byte', async () => {
    const socket = createConnection(front.port, '127.0.0.1').setNoDelay(true);
    await once(socket, 'connect');
    socket.write('P');
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(
      `OST / HTTP/1.1\r\nhost: 127.0.0.1:${front.port}\r\nauthorization: ${signature}\r\ncontent-length: 2\r\n\r\n{}`,
    );
    const [first] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(first.toString().split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
  });

  it('never takes the half body of an HTTP/2 client that died for a whole one', async () => {
    const before = bodies.length;
    const session = connect(client.endpoint);
    session.on('error', () => undefined);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/',
      authorization: signature,
      'content-length': '100000',
    });
    stream.on('error', () => undefined);
    stream.write(Buffer.alloc(30_000));
    await new Promise((resolve) => setTimeout(resolve, 50));
    session.destroy();
    while (refusals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    expect(refusals).toHaveLength(1);
    expect(bodies.length).toBe(before);
  });

  it('says which port is taken and what to do', async () => {
    await expect(openFront({ port: front.port, services: {}, upgrade: () => undefined })).rejects.toThrow(
      `port ${front.port} is taken by another program: stop what uses it, or choose another with --aws-port`,
    );
  });

  it('closes although connections are open, of either HTTP', async () => {
    const other = await openFront({
      port: 0,
      services: { kinesis: () => undefined },
      upgrade: () => undefined,
    });
    const socket = createConnection(other.port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: 127.0.0.1:${other.port}\r\nauthorization: ${signature}\r\n\r\n`);
    const session = connect(`http://127.0.0.1:${other.port}`);
    const stream = session.request({ ':method': 'GET', ':path': '/', authorization: signature });
    for (const open of [socket, session, stream]) open.on('error', () => undefined);
    await once(session, 'remoteSettings');

    await expect(other.close()).resolves.toBeUndefined();
  });
});
