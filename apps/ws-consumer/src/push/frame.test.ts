import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { recordsOf } from '@acme/lambda-kit';
import { arrivedAtMs, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { frameOf } from './frame.ts';
import { liveEvents } from './live-event.ts';

const line = (only: Parameters<typeof aViewingEvent>[0]) => JSON.stringify(aViewingEvent(only));
const read = (...records: string[]) => liveEvents(recordsOf(aKinesisBatch(records, { arrivedAtMs })));

describe('a frame', () => {
  const { events, invalid } = read(
    `${line({ event_id: 'a', event_type: 'start' })}\n${line({ event_id: 'b', event_type: 'stop', device_type: 'web' })}\n`,
    'junk',
    line({ event_id: 'c', event_type: 'start', device_type: 'web' }),
  );

  it('counts all events of a batch, and shows the newest first', () => {
    expect(frameOf(events, invalid, {})).toEqual({
      kind: 'events',
      total: 3,
      invalid: 1,
      missed: 0,
      byType: { start: 2, stop: 1 },
      byDevice: { tv: 1, web: 2 },
      firstArrivalMs: arrivedAtMs,
      lastArrivalMs: arrivedAtMs,
      sample: [
        aViewingEvent({ event_id: 'c', event_type: 'start', device_type: 'web' }),
        aViewingEvent({ event_id: 'b', event_type: 'stop', device_type: 'web' }),
        aViewingEvent({ event_id: 'a', event_type: 'start' }),
      ],
    });
  });

  it('holds what a filter lets pass', () => {
    expect(frameOf(events, 0, { device_type: ['web'], event_type: ['start'] })).toMatchObject({
      total: 1,
      byType: { start: 1 },
      sample: [{ event_id: 'c' }],
    });
  });

  it('is not made when there is nothing to tell', () => {
    expect(frameOf(events, 0, { device_type: ['mobile'] })).toBeUndefined();
    expect(frameOf([], 0, {})).toBeUndefined();
    expect(frameOf([], 2, {})).toMatchObject({ total: 0, invalid: 2, firstArrivalMs: null, sample: [] });
  });

  it('fits the 32 KB that API Gateway takes, whatever the events hold', () => {
    const long = 'x'.repeat(64);
    const many = read(
      ...Array.from({ length: 500 }, () =>
        line({ event_id: long, customer_id: long, title_id: long, session_id: long }),
      ),
    );
    const frame = frameOf(many.events, many.invalid, {});
    expect(frame).toMatchObject({ total: 500, invalid: 0 });
    expect(frame?.sample).toHaveLength(20);
    expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(32 * 1024);
  });
});
