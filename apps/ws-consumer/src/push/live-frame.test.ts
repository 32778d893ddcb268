import { recordsOf } from '@acme/lambda-kit';
import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { readMessage } from '@acme/live-frame';
import { aClickstreamEvent, arrivedAtMs, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { frameOf } from './frame.ts';
import { liveClicks } from './live-clicks.ts';
import { liveEvents } from './live-event.ts';

describe('a client', () => {
  it('reads the frames of viewing telemetry', () => {
    const records = recordsOf(aKinesisBatch([JSON.stringify(aViewingEvent())], { arrivedAtMs }));
    const frame = frameOf(liveEvents(records).events, 3, {});
    expect(frame).toBeDefined();
    expect(readMessage(JSON.stringify(frame))).toEqual(frame);
  });

  it('reads the counts of the clickstream', () => {
    const records = recordsOf(aKinesisBatch([JSON.stringify(aClickstreamEvent('click'))], { arrivedAtMs }));
    const frame = liveClicks.frame(liveClicks.read(records).events, 3, {});
    expect(frame).toBeDefined();
    expect(readMessage(JSON.stringify(frame))).toEqual(frame);
  });
});
