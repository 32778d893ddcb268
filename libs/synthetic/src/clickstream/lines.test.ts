import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseClickstreamEvent } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyMoment, anyRange, anyUniverse } from '../viewing/any-range.ts';
import { eventsPerBlock } from '../viewing/limits.ts';
import { viewingEvents } from '../viewing/events.ts';
import { lineRoom } from './encode.ts';
import { clickstreamEvents } from './events.ts';
import { visitWindowMs } from './limits.ts';
import { clickstreamBytes, clickstreamLines } from './lines.ts';

describe('clickstreamEvents', () => {
  it('are events that the schema takes as they are, even at the moment the window ends', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyMoment, (universe, range, nowMs) => {
        for (const event of clickstreamEvents(universe, { ...range, clock: fixedClock(nowMs) })) {
          expect(parseClickstreamEvent(event, nowMs)).toEqual({ ok: true, value: event });
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are the same in any range that holds them', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, fc.nat(), (universe, { from, count }, cut) => {
        const clock = fixedClock(Date.UTC(2026, 10, 21));
        const first = cut % (count + 1);
        expect([
          ...clickstreamEvents(universe, { from, count: first, clock }),
          ...clickstreamEvents(universe, { from: from + first, count: count - first, clock }),
        ]).toEqual(clickstreamEvents(universe, { from, count, clock }));
      }),
      { numRuns: 20 },
    );
  });

  it('take nothing but the time from the clock, and lie within the window before it, in order', () => {
    fc.assert(
      fc.property(anyUniverse, anyMoment, anyMoment, (universe, one, other) => {
        const range = { from: 512, count: eventsPerBlock };
        const early = clickstreamEvents(universe, { ...range, clock: fixedClock(one) });
        const late = clickstreamEvents(universe, { ...range, clock: fixedClock(other) });
        const times = early.map(({ timestamp }) => Date.parse(timestamp));
        expect(late).toEqual(
          early.map((event, index) => ({ ...event, timestamp: new Date(times[index]! + other - one).toISOString() })),
        );
        expect([...times].sort((a, b) => a - b)).toEqual(times);
        expect(times[0]).toBeGreaterThanOrEqual(one - visitWindowMs);
        expect(times.at(-1)).toBeLessThanOrEqual(one);
      }),
      { numRuns: 20 },
    );
  });

  it('have ids that no viewing event has', () => {
    const range = { from: 0, count: 5000, clock: fixedClock(Date.UTC(2026, 10, 21)) };
    const universe = openUniverse(1);
    const ids = [
      ...clickstreamEvents(universe, range).flatMap(({ eventId, sessionId }) => [eventId, sessionId!]),
      ...viewingEvents(universe, range).flatMap(({ event_id, session_id }) => [event_id, session_id!]),
    ];
    expect(new Set(ids.map((id) => id.slice(0, 12)))).toEqual(
      new Set(['ec-00000001-', 'vs-00000001-', 'ev-00000001-', 'ss-00000001-']),
    );
  });
});

describe('clickstreamLines', () => {
  it('give for every event the text that JSON.stringify makes of it', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyMoment, (universe, range, nowMs) => {
        const all = { ...range, clock: fixedClock(nowMs) };
        expect(clickstreamLines(universe, all)).toEqual(
          clickstreamEvents(universe, all).map((event) => JSON.stringify(event)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are the lines of clickstreamBytes, each ended by a line feed, within the room that a line has', () => {
    const all = { from: 0, count: 100_000, clock: fixedClock(Date.UTC(2026, 10, 21)) };
    const lines = clickstreamLines(openUniverse(1), all);
    expect(Buffer.from(clickstreamBytes(openUniverse(1), all)).toString('utf8')).toBe(
      lines.map((line) => `${line}\n`).join(''),
    );
    expect(Math.max(...lines.map(({ length }) => length)) + 1).toBeLessThanOrEqual(lineRoom);
  });

  it.each([
    { seed: 42, from: 0, sha256: 'c3256a40ae99504f8cc240bf92081d4afa2eaf5d51f50701ff05fe6236141247' },
    {
      seed: 0xffff_ffff,
      from: 2 ** 52 + 77,
      sha256: '5879ddfd42159384597d8c5c27e162bf25068bca684f8ea9eb585d3a15afbcb0',
    },
  ])('are the same bytes on every machine: seed $seed from event $from', ({ seed, from, sha256 }) => {
    const bytes = clickstreamBytes(openUniverse(seed), {
      from,
      count: 20_000,
      clock: fixedClock(Date.UTC(2026, 10, 21)),
    });
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });
});
