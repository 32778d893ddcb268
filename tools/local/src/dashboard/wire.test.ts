// What one service sends and another understands: neither may import the other.
import { recordsOf } from '@acme/lambda-kit';
import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { aClickstreamEvent, arrivedAtMs, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { readMessage } from '../../../../apps/dashboard/src/wire.ts';
import { frameOf } from '../../../../apps/ws-consumer/src/push/frame.ts';
import { liveClicks } from '../../../../apps/ws-consumer/src/push/live-clicks.ts';
import { liveEvents } from '../../../../apps/ws-consumer/src/push/live-event.ts';

describe('the page', () => {
  it('reads the frames that ws-consumer makes', () => {
    const records = recordsOf(aKinesisBatch([JSON.stringify(aViewingEvent())], { arrivedAtMs }));
    const frame = frameOf(liveEvents(records).events, 3, {});
    expect(frame).toBeDefined();
    expect(readMessage(JSON.stringify(frame))).toEqual(frame);
  });

  it('reads what ws-consumer counts of the clickstream', () => {
    const records = recordsOf(aKinesisBatch([JSON.stringify(aClickstreamEvent('click'))], { arrivedAtMs }));
    const frame = liveClicks.frame(liveClicks.read(records).events, 3, {});
    expect(frame).toBeDefined();
    expect(readMessage(JSON.stringify(frame))).toEqual(frame);
  });
});
