import { describe, expect, it } from '@jest/globals';
import { someConnections } from '../connections.fixture.ts';
import { answer } from './answer.ts';

const aSocket = () => {
  const connections = someConnections();
  const on = async (routeKey: string, message?: unknown) => {
    const event = { connectionId: 'c', routeKey, body: message === undefined ? '' : JSON.stringify(message) };
    const { statusCode, body } = await answer(event, connections, 0);
    return { statusCode, says: body === undefined ? undefined : (JSON.parse(body) as unknown) };
  };
  return { connections, on };
};

describe('the routes of the WebSocket API', () => {
  it('keep who is connected, and forget who has left', async () => {
    const { connections, on } = aSocket();
    expect(await on('$connect')).toEqual({ statusCode: 200 });
    expect(await connections.list(0)).toEqual([{ connectionId: 'c', filter: {} }]);
    expect(await on('$disconnect')).toEqual({ statusCode: 200 });
    expect(await connections.list(0)).toEqual([]);
  });

  it('keep the filter that a client subscribes with, and answer it', async () => {
    const { connections, on } = aSocket();
    const filter = { event_type: ['start'], device_type: ['tv', 'web'] };
    await on('$connect');
    const subscribed = { statusCode: 200, says: { kind: 'subscribed', filter } };
    expect(await on('subscribe', { action: 'subscribe', filter })).toEqual(subscribed);
    expect(await connections.list(0)).toEqual([{ connectionId: 'c', filter }]);
    await on('subscribe', { action: 'subscribe' });
    expect(await connections.list(0)).toEqual([{ connectionId: 'c', filter: {} }]);
  });

  it('name each field of a filter that is wrong, and keep the one before', async () => {
    const { connections, on } = aSocket();
    await on('$connect');
    expect(await on('subscribe', { action: 'subscribe', filter: { event_type: ['fly'], family: 'x' } })).toEqual({
      statusCode: 400,
      says: {
        kind: 'error',
        reason: 'the filter is not valid',
        problems: [
          { field: 'filter.family', reason: 'must be one of viewing, clickstream' },
          {
            field: 'filter.event_type.0',
            reason: expect.stringMatching(/^must be a list of one or more of start, pause/),
          },
        ],
      },
    });
    expect(await connections.list(0)).toEqual([{ connectionId: 'c', filter: {} }]);
  });

  it('tell a client whose row has gone to connect again', async () => {
    expect(await aSocket().on('subscribe', { action: 'subscribe' })).toMatchObject({
      says: { kind: 'error', reason: 'this connection has ended; connect again' },
    });
  });

  it('name the actions there are when they do not know one', async () => {
    expect(await aSocket().on('$default', { action: 'fly' })).toEqual({
      statusCode: 400,
      says: {
        kind: 'error',
        reason: 'unknown action; send {"action":"subscribe","filter":{}} as JSON text',
        problems: [],
      },
    });
  });
});
