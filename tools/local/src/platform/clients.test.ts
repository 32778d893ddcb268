import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { aPlace, type Place } from './platform.fixture.ts';
import { aViewer, get, session } from './viewer.fixture.ts';

const timeout = 60_000;

describe('clients of the running platform that misbehave', () => {
  let place: Place;
  beforeAll(async () => {
    place = await aPlace();
    await place.start('--rate', '0', '--schedules', 'off');
  }, timeout);
  afterAll(() => place.close());

  it('that send a megabyte are cut off with 1009, and no other', async () => {
    const [large, other] = await Promise.all([aViewer(place.port), aViewer(place.port)]);
    large.socket.send('x'.repeat(1024 * 1024));
    expect(await large.closed).toBe(1009);
    expect(other.socket.readyState).toBe(WebSocket.OPEN);
    other.socket.close();
    await other.closed;
  });

  it(
    'that never read lose their own frames and hold up nobody',
    async () => {
      const deaf = await aViewer(place.port);
      deaf.socket.pause();
      expect(await fillUp()).toBe('LimitExceededException');
      const live = await aViewer(place.port);
      expect(await place.invoke('acme-data-generator', { count: 500 })).toMatchObject({ accepted: 500 });
      while (live.seen() < 500) await wait(50);
      expect(live.seen()).toBe(500);
      deaf.socket.terminate();
      live.socket.close();
    },
    timeout,
  );

  it('that are pages of other origins, or came by a rebound name, get nothing', async () => {
    const { port, awsPort } = place;
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { host: 'evil.example' },
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      expect((await get(port, '/session', headers)).status).toBe(403);
      expect((await get(awsPort, '/', headers)).status).toBe(403);
    }
    const unsigned = '/acme-telemetry-data-000000000000-us-west-2';
    expect((await get(awsPort, unsigned)).status).toBe(403);
    const socket = new WebSocket(await session(port), { origin: 'https://evil.example' });
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    socket.terminate();
  });

  /** Sends to the open connection until it takes no more; gives the error's name. */
  const fillUp = async (): Promise<string> => {
    const dynamoDb = new DynamoDBClient(place.client);
    const { TableNames = [] } = await dynamoDb.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes('Connections'));
    const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName }));
    dynamoDb.destroy();
    const ids = Items.flatMap((row) => Object.values(row).flatMap(({ S }) => (S?.endsWith('=') ? [S] : [])));
    const endpoint = (await session(place.port)).replace('ws:', 'http:').replace(/\?.*/, '');
    const api = new ApiGatewayManagementApiClient({ ...place.client, endpoint, maxAttempts: 1 });
    const Data = JSON.stringify({ kind: 'filler', text: 'x'.repeat(120_000) });
    try {
      for (const ConnectionId of ids) {
        for (;;) {
          const refusal = await api.send(new PostToConnectionCommand({ ConnectionId, Data })).then(
            () => undefined,
            ({ name }: Error) => name,
          );
          if (refusal === 'GoneException') break; // of an earlier test; its row goes in a moment
          if (refusal) return refusal;
        }
      }
      return 'there is no connection';
    } finally {
      api.destroy();
    }
  };
});
