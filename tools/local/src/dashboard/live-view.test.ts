// The live view's own functions behind the laptop's WebSocket API: from a token to a frame in a client.
import { mintToken, recordsOf } from '@acme/lambda-kit';
import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { type AnApi, anApi } from '@acme/laptop-aws/testing';
import { arrivedAtMs, aViewingEvent } from '@acme/telemetry-schema/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { authorize } from '../../../../apps/ws-consumer/src/authorize/authorize.ts';
import { postToConnection } from '../../../../apps/ws-consumer/src/push/post-to-connection.ts';
import { livePush } from '../../../../apps/ws-consumer/src/push/push.ts';
import { someConnections } from '../../../../apps/ws-consumer/src/connections.fixture.ts';
import { answer } from '../../../../apps/ws-consumer/src/sockets/answer.ts';

const key = 'k'.repeat(64);

describe('the live view', () => {
  let api: AnApi;
  let nowMs: number;
  let connections: ReturnType<typeof someConnections>;

  beforeEach(async () => {
    nowMs = Date.UTC(2026, 0, 1);
    connections = someConnections();
    const used = new Set<string>();
    api = await anApi(
      {
        authorize: async (event: { methodArn: string; queryStringParameters: { token: string } }) => {
          const use = async (id: string) => used.size !== used.add(id).size;
          const verdict = await authorize(event.queryStringParameters.token, key, use, nowMs);
          const Statement = [
            {
              Action: 'execute-api:Invoke',
              Effect: verdict === 'allowed' ? 'Allow' : 'Deny',
              Resource: event.methodArn,
            },
          ];
          return { principalId: 'viewer', policyDocument: { Version: '2012-10-17', Statement } };
        },
        sockets: (event: { requestContext: { connectionId: string; routeKey: string }; body?: string }) =>
          answer({ ...event.requestContext, body: event.body ?? '' }, connections, nowMs),
      },
      { now: () => nowMs },
    );
  });
  afterEach(() => api.close());

  const push = (...types: readonly ('start' | 'stop')[]) => {
    const lines = types.map((event_type) => JSON.stringify(aViewingEvent({ event_type })));
    return livePush({
      viewers: () => connections.list(nowMs),
      post: postToConnection(api.management),
      remove: connections.remove,
      now: () => nowMs,
    })(recordsOf(aKinesisBatch(lines, { arrivedAtMs })));
  };

  it('opens for a token once, for a minute, and for no other text', async () => {
    const token = await mintToken(key, nowMs);
    await api.connect(`?token=${token}`);
    expect(await api.refused(`?token=${token}`)).toBe(403);
    const late = await mintToken(key, nowMs);
    nowMs += 61_000;
    expect(await api.refused(`?token=${late}`)).toBe(403);
    expect(await api.refused('?token=garbled')).toBe(403);
    expect(await api.refused()).toBe(403);
  });

  it('shows a client what it subscribed to', async () => {
    const client = await api.connect(`?token=${await mintToken(key, nowMs)}`);
    expect(await push('start', 'stop')).toMatchObject({ sent: 1, gone: 0, failed: 0, looked: [{ good: 2, bad: 0 }] });
    expect(await client.next()).toMatchObject({ kind: 'events', total: 2, byType: { start: 1, stop: 1 } });

    client.socket.send(JSON.stringify({ action: 'subscribe', filter: { event_type: ['stop'] } }));
    expect(await client.next()).toEqual({ kind: 'subscribed', filter: { event_type: ['stop'] } });
    await push('start', 'stop');
    expect(await client.next()).toMatchObject({ kind: 'events', total: 1, byType: { stop: 1 } });

    client.socket.send(JSON.stringify({ action: 'fly' }));
    expect(await client.next()).toMatchObject({ kind: 'error', reason: expect.stringContaining('unknown action') });
  });

  it('forgets connections of a platform that was restarted', async () => {
    await connections.add('from-before=', nowMs);
    expect(await push('start')).toMatchObject({ sent: 0, gone: 1, failed: 0, looked: [{ good: 1, bad: 0 }] });
    expect(await connections.list(nowMs)).toEqual([]);
  });
});
