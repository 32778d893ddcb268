import { aClickstreamEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import type { SourceRecord } from '../source-record.ts';
import { recordsOf } from '../stream-event.ts';
import { transports } from '../test-events.ts';
import { decodeClickstream, judgeClickstream } from './decode-clickstream.ts';
import { derivedEventId } from './derived-id.ts';

const arrivedAtMs = Date.UTC(2026, 10, 21, 12);
/** As the reference systems print their examples, without an id. */
const camel = '{"eventType":"page_view","userId":"user_1234","timestamp":"2024-01-01T12:00:00Z","pageUrl":"/home"}';
const snake =
  '{"event_type": "page_view", "user_id": "user123", "page": "/product/abc123", "session_id": "session_xyz"}';
const capitals = '{"EVENT_TYPE":"ADD_TO_CART","USER_ID":"u-1","PRODUCT_ID":"p-7"}';
const at = (sequence: string, shard = 'shardId-000000000000'): SourceRecord['position'] => ({
  source: 'real-time-analytics-stream',
  shard,
  sequence,
});

describe.each(transports)('judgeClickstream on %s', (_, aBatch) => {
  it('reads what others put on the stream, with an id from its position and the time of its arrival', () => {
    const [record] = recordsOf(aBatch([`${camel}\n${snake}\n${capitals}`], { arrivedAtMs })) as [SourceRecord];
    const id = (index: number) => derivedEventId(record.position, index);
    const timestamp = '2026-11-21T12:00:00.000Z';
    expect([...judgeClickstream(record)].map((judged) => (judged.ok ? judged.value : judged.refused))).toEqual([
      {
        eventType: 'page_view',
        eventId: id(0),
        userId: 'user_1234',
        timestamp: '2024-01-01T12:00:00Z',
        pageUrl: '/home',
      },
      {
        eventType: 'page_view',
        eventId: id(1),
        userId: 'user123',
        timestamp,
        sessionId: 'session_xyz',
        pageUrl: '/product/abc123',
      },
      { eventType: 'add_to_cart', eventId: id(2), userId: 'u-1', timestamp, productId: 'p-7' },
    ]);
  });

  it('reads an event that is spread over lines, as the reference system prints it', () => {
    const printed = `{
        "event_type": "page_view",
        "user_id": "user123",
        "page": "/product/abc123",
        "timestamp": "2026-11-21T11:59:00Z",
        "session_id": "session_xyz"
    }`;
    const [record] = recordsOf(aBatch([printed], { arrivedAtMs })) as [SourceRecord];
    expect([...judgeClickstream(record)]).toEqual([
      {
        ok: true,
        value: {
          eventType: 'page_view',
          eventId: derivedEventId(record.position),
          userId: 'user123',
          timestamp: '2026-11-21T11:59:00Z',
          sessionId: 'session_xyz',
          pageUrl: '/product/abc123',
        },
      },
    ]);
  });

  it('keeps the id of a whole event, and refuses a bad line while its neighbours go on', () => {
    const whole = aClickstreamEvent('click', { timestamp: '2026-11-21T11:59:00Z' });
    const bad = '{"eventType":"purchase","userId":"u-1","amount":-1,"currency":"USD"}';
    const lines = [JSON.stringify(whole), bad, 'not json', Buffer.from([0xff])];
    const judged = recordsOf(aBatch(lines, { arrivedAtMs })).flatMap((record) => [...judgeClickstream(record)]);
    expect(judged.map((one) => (one.ok ? one.value : one.refused.problems))).toEqual([
      whole,
      [{ field: 'amount', reason: 'must be at least 0' }],
      [{ field: '(event)', reason: 'must be valid JSON' }],
      [{ field: '(event)', reason: 'must be UTF-8 text' }],
    ]);
  });
});

describe('derivedEventId', () => {
  it('is the same for the same place, and another for every other', () => {
    const places = [at('1'), at('2'), at('1', 'shardId-000000000001'), { ...at('1'), source: 'other' }];
    const ids = places.flatMap((place) => [derivedEventId(place), derivedEventId(place, 1)]);
    expect(new Set(ids).size).toBe(8);
    expect(derivedEventId({ ...at('1') })).toBe(ids[0]);
  });

  it('is pinned: another id would make every event that came without one a new event', () => {
    expect(derivedEventId(at('49590338271490256608559692538361571095921575989136588898'))).toBe(
      'at-d56b0167920306f8b16cc32792a9df4c',
    );
  });

  it('is an id that the contract takes', () => {
    const { eventId: _, ...event } = aClickstreamEvent('click');
    expect(decodeClickstream(JSON.stringify(event), { position: at('1'), arrivedAtMs })).toMatchObject({
      ok: true,
      value: { eventId: derivedEventId(at('1')) },
    });
  });
});
