import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { recordsOf } from '@acme/lambda-kit';
import { deviceTypes as schemaDevices, eventTypes as schemaEvents } from '@acme/telemetry-schema';
import { arrivedAtMs, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { frameOf } from '../../ws-consumer/src/push/frame.ts';
import { liveEvents } from '../../ws-consumer/src/push/live-event.ts';
import { deviceTypes, eventTypes } from './vocabulary.ts';
import { readMessage } from './wire.ts';

describe('what comes over the wire', () => {
  it('reads the frames that ws-consumer makes', () => {
    const records = recordsOf(aKinesisBatch([JSON.stringify(aViewingEvent())], { arrivedAtMs }));
    const frame = frameOf(liveEvents(records).events, 3, {});
    expect(frame).toBeDefined();
    expect(readMessage(JSON.stringify(frame))).toEqual(frame);
  });

  it('knows the words of the schema', () => {
    expect(eventTypes).toEqual(schemaEvents);
    expect(deviceTypes).toEqual(schemaDevices);
  });

  it('reads answers, and the errors of API Gateway itself', () => {
    const filter = { event_type: ['start'] };
    expect(readMessage(JSON.stringify({ kind: 'subscribed', filter }))).toEqual({ kind: 'subscribed', filter });
    expect(readMessage('{"kind":"error","reason":"no","problems":[]}')).toEqual({ kind: 'error', reason: 'no' });
    expect(readMessage('{"message":"Too Many Requests","connectionId":"c"}')).toEqual({
      kind: 'error',
      reason: 'Too Many Requests',
    });
  });

  it.each(['', 'null', '7', '"events"', '{}', '{"kind":"events"}', '{"kind":"events","total":"many"}'])(
    'takes %j for an error, not for a frame',
    (text) => {
      expect(readMessage(text)).toEqual({ kind: 'error', reason: 'the server sent something unknown' });
    },
  );
});
