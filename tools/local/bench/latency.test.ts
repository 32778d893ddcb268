import { describe, expect, it } from '@jest/globals';
import { type Asked, latencies, percentile, type Seen, UnknownEventsError } from './latency.ts';

const asked: readonly Asked[] = [
  { from: 0, count: 500, askedMs: 1000, answeredMs: 1040 },
  { from: 500, count: 500, askedMs: 1250, answeredMs: 1290 },
  { from: 1000, count: 500, askedMs: 1500, answeredMs: 1540 },
];
const frame: Seen = { total: 300, firstArrivalMs: 1030, lastArrivalMs: 1280, newest: 999, seenMs: 1400 };

describe('latencies', () => {
  it('times every event of a frame from when its range was asked for, not only the newest', () => {
    expect(latencies(asked, [frame])).toEqual([
      { ms: 400, events: 150 },
      { ms: 150, events: 150 },
    ]);
  });

  it('refuses a frame whose newest event is not of the ranges that its times say', () => {
    expect(() => latencies(asked, [{ ...frame, newest: 1000 }])).toThrow(UnknownEventsError);
    expect(() => latencies([], [frame])).toThrow(UnknownEventsError);
  });
});

describe('percentile', () => {
  const measured = [
    { ms: 900, events: 1 },
    { ms: 100, events: 98 },
    { ms: 500, events: 1 },
  ];

  it('counts events, not frames', () => {
    expect([0.5, 0.98, 0.99, 1].map((share) => percentile(measured, share))).toEqual([100, 100, 500, 900]);
  });

  it('knows none when nothing was seen', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});
