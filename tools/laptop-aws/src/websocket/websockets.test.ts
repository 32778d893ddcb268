import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { type AnApi, anApi, dashboardOrigin, type Handler } from './api.fixture.ts';
import { unreadBytes } from './limits.ts';

interface SocketsEvent {
  readonly body?: string;
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly eventType: string;
    readonly authorizer?: unknown;
    readonly disconnectStatusCode?: number;
  };
}

const policy = (Effect: string, Resource: string) => ({
  principalId: 'viewer',
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
});

let api: AnApi;
let seen: SocketsEvent['requestContext'][];
const start = async (handlers: Record<string, Handler> = {}, options: Parameters<typeof anApi>[1] = {}) => {
  seen = [];
  api = await anApi(
    {
      authorize: ({
        methodArn,
        queryStringParameters: { token },
      }: {
        methodArn: string;
        queryStringParameters: { token: string };
      }) => policy(token === 'good' ? 'Allow' : 'Deny', methodArn),
      sockets: ({ requestContext, body }: SocketsEvent) => {
        seen.push(requestContext);
        return { statusCode: 200, body: JSON.stringify({ route: requestContext.routeKey, heard: body }) };
      },
      ...handlers,
    },
    options,
  );
};
afterEach(() => api.close());

const id = (): string => seen[0]?.connectionId as string;
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await setTimeout(5);
};

describe('a WebSocket API on the laptop', () => {
  it('lets a client in after the authoriser, and tells $connect what that said', async () => {
    await start();
    await api.connect();
    expect(seen).toEqual([
      expect.objectContaining({ routeKey: '$connect', eventType: 'CONNECT', authorizer: { principalId: 'viewer' } }),
    ]);
  });

  it('refuses as AWS does: 401 without a token, 403 when denied, 500 when the authoriser fails', async () => {
    await start({
      authorize: ({
        queryStringParameters: { token },
        methodArn,
      }: {
        queryStringParameters: { token: string };
        methodArn: string;
      }) => {
        if (token === 'breaks') throw new Error('no table');
        if (token === 'says so') throw new Error('Unauthorized');
        return policy('Deny', methodArn);
      },
    });
    expect(await api.refused('')).toBe(401);
    expect(await api.refused('?token=')).toBe(401);
    expect(await api.refused('?token=bad')).toBe(403);
    expect(await api.refused('?token=says%20so')).toBe(401);
    expect(await api.refused('?token=breaks')).toBe(500);
    expect(seen).toEqual([]);
  });

  it('refuses when $connect does', async () => {
    await start({ sockets: () => ({ statusCode: 418 }) });
    expect(await api.refused()).toBe(418);
  });

  it('refuses a page of another origin, and lets the dashboard in', async () => {
    await start();
    expect(await api.refused('?token=good', { origin: 'https://evil.example' })).toBe(403);
    expect(await api.refused('?token=good', { origin: 'null' })).toBe(403);
    await api.connect('?token=good', { origin: dashboardOrigin });
    expect(seen).toHaveLength(1);
  });

  it('routes by the action, and everything else to $default', async () => {
    await start();
    const client = await api.connect();
    for (const message of [
      '{"action":"subscribe"}',
      '{"action":"fly"}',
      '{"action":"$disconnect"}',
      'not json',
      'null',
    ]) {
      client.socket.send(message);
      const route = message.includes('subscribe') ? 'subscribe' : '$default';
      expect(await client.next()).toEqual({ route, heard: message });
    }
  });

  it('answers Internal server error when the function fails, and stays open', async () => {
    await start({
      sockets: ({ requestContext }: SocketsEvent) => {
        if (requestContext.routeKey === 'subscribe') throw new Error('broken');
        return { statusCode: 200, body: '{}' };
      },
    });
    const client = await api.connect();
    client.socket.send('{"action":"subscribe"}');
    expect(await client.next()).toMatchObject({ message: 'Internal server error' });
    client.socket.send('{}');
    expect(await client.next()).toEqual({});
  });

  it('throttles each route by the stage’s settings', async () => {
    await start({}, { throttle: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 }, now: () => 1_000 });
    const client = await api.connect();
    for (let n = 0; n < 3; n += 1) client.socket.send('{"action":"subscribe"}');
    const answers = [await client.next(), await client.next(), await client.next()];
    expect(answers).toContainEqual(expect.objectContaining({ message: 'Too Many Requests' }));
    expect(answers.filter((answer) => (answer as { route?: string }).route === 'subscribe')).toHaveLength(2);
    await api.connect();
    expect(await api.refused()).toBe(429);
  });

  it('closes with 1009 on a message of 1 MB and on a frame over 32 KB, with 1003 on bytes', async () => {
    await start();
    const [large, frame, binary, fine] = [
      await api.connect(),
      await api.connect(),
      await api.connect(),
      await api.connect(),
    ];
    large.socket.send('x'.repeat(1024 * 1024));
    frame.socket.send('x'.repeat(32 * 1024 + 1));
    binary.socket.send(Buffer.from('{}'));
    expect(await Promise.all([large.ended, frame.ended, binary.ended])).toEqual([1009, 1009, 1003]);

    const text = 'x'.repeat(20 * 1024);
    for (let part = 0; part < 4; part += 1) fine.socket.send(text, { fin: part === 3 });
    expect(await fine.next()).toEqual({ route: '$default', heard: text.repeat(4) });
  });

  it('tells $disconnect when a client leaves', async () => {
    await start();
    const client = await api.connect();
    client.socket.close(1000);
    await client.ended;
    await until(() => seen.length === 2);
    expect(seen[1]).toMatchObject({
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      connectionId: id(),
      disconnectStatusCode: 1000,
    });
  });

  it('closes what was idle for 10 minutes, and everything after 2 hours', async () => {
    let nowMs = 0;
    await start({}, { now: () => nowMs, checkEveryMs: 5 });
    const [idle, active] = [await api.connect(), await api.connect()];
    const activeId = seen[1]?.connectionId;
    const speak = () => api.management.send(new PostToConnectionCommand({ ConnectionId: activeId, Data: '{}' }));
    nowMs = 9 * 60_000;
    await speak();
    nowMs = 10 * 60_000;
    expect(await idle.ended).toBe(1001);
    for (; nowMs < 120 * 60_000; nowMs += 9 * 60_000) await speak();
    nowMs = 120 * 60_000;
    expect(await active.ended).toBe(1001);
  });
});

describe('@connections', () => {
  const post = (Data: string) => api.management.send(new PostToConnectionCommand({ ConnectionId: id(), Data }));

  it('sends to a client, describes its connection and closes it', async () => {
    await start({}, { now: () => Date.UTC(2026, 0, 1) });
    const client = await api.connect();
    await post('{"hello":"you"}');
    expect(await client.next()).toEqual({ hello: 'you' });
    expect(await api.management.send(new GetConnectionCommand({ ConnectionId: id() }))).toMatchObject({
      ConnectedAt: new Date(Date.UTC(2026, 0, 1)),
      Identity: { SourceIp: '127.0.0.1' },
    });
    await api.management.send(new DeleteConnectionCommand({ ConnectionId: id() }));
    expect(await client.ended).toBe(1001);
  });

  it('answers 410 when the client has left', async () => {
    await start();
    const client = await api.connect();
    client.socket.close();
    await until(() => seen.length === 2);
    await expect(post('{}')).rejects.toMatchObject({ name: 'GoneException', $metadata: { httpStatusCode: 410 } });
  });

  it('answers 413 to a message over 128 KB', async () => {
    await start();
    await api.connect();
    await expect(post('x'.repeat(128 * 1024 + 1))).rejects.toMatchObject({ name: 'PayloadTooLargeException' });
  });

  it('answers 429 for a client that never reads, and keeps no more than a bounded rest for it', async () => {
    await start();
    const client = await api.connect();
    client.socket.pause();
    const text = 'x'.repeat(120 * 1024);
    let taken = 0;
    const fill = async (): Promise<void> => {
      // Far more than the system's own buffers hold.
      for (; taken < 1000; taken += 1) await post(text);
    };
    await expect(fill()).rejects.toMatchObject({ name: 'LimitExceededException', $metadata: { httpStatusCode: 429 } });
    expect(taken * text.length).toBeGreaterThan(unreadBytes);
    client.socket.terminate(); // it would wait for ever for what it does not read
  });
});
