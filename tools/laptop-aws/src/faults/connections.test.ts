import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { describe, expect, it } from '@jest/globals';
import { type AClient, anApi } from '../websocket/api.fixture.ts';
import { thrownBy, withFront } from './front.fixture.ts';
import { openFaults } from './faults.ts';
import type { FaultKind } from './fault-kinds.ts';

/** An API with one client, whose `@connections` are reached through the faults. */
const withConnection = async (
  kind: FaultKind,
  run: (post: () => Promise<unknown>, client: AClient) => Promise<void>,
): Promise<void> => {
  const connected = Promise.withResolvers<string>();
  const api = await anApi({
    authorize: (event: { methodArn: string }) => ({
      principalId: 'viewer',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
      },
    }),
    sockets: ({ requestContext }: { requestContext: { connectionId: string } }) => {
      connected.resolve(requestContext.connectionId);
      return { statusCode: 200 };
    },
  });
  try {
    const viewer = await api.connect();
    const ConnectionId = await connected.promise;
    const faults = openFaults({ kinds: [kind], seed: 3, rates: { [kind]: 1 } });
    await withFront(faults.services({ 'execute-api': api.sockets.service }), async (settings) => {
      const endpoint = settings.endpoint + new URL(api.url).pathname;
      const client = new ApiGatewayManagementApiClient({ ...settings, endpoint });
      await run(() => client.send(new PostToConnectionCommand({ ConnectionId, Data: '{"hello":1}' })), viewer);
      client.destroy();
    });
  } finally {
    await api.close();
  }
};

describe('gone', () => {
  it('answers 410 GoneException, and the client has really left', () =>
    withConnection('gone', async (post, viewer) => {
      expect(await thrownBy(post())).toMatchObject({ name: 'GoneException', status: 410 });
      expect(await viewer.ended).toBe(1001);
      expect(await thrownBy(post())).toMatchObject({ name: 'GoneException', status: 410 });
    }));
});

describe('connections-error', () => {
  it(
    'fails a message before it is sent, or after the client has it',
    () =>
      withConnection('connections-error', async (post, viewer) => {
        const seen = new Set<string>();
        for (let each = 0; each < 30; each++) {
          const { name, status } = await thrownBy(post());
          seen.add(`${status ?? ''} ${name}`.trim());
        }
        expect([...seen].sort()).toEqual(['500 InternalServerException', '503 ServiceUnavailableException', 'Error']);
        expect(await viewer.next()).toEqual({ hello: 1 });
      }),
    20_000,
  );
});
