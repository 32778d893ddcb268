import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixedClock, steadyClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyMoment, anyRange, anyUniverse } from './any-range.ts';
import { viewingEvents } from './events.ts';
import { viewingBytes, viewingLines, viewingNdjson } from './lines.ts';

describe('viewingLines', () => {
  it('gives for every event the text that JSON.stringify makes of it', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyMoment, (universe, range, nowMs) => {
        const all = { ...range, clock: fixedClock(nowMs) };
        expect(viewingLines(universe, all)).toEqual(viewingEvents(universe, all).map((event) => JSON.stringify(event)));
      }),
      { numRuns: 60 },
    );
  });

  it('writes the dates on both sides of every midnight, leap days and new years among them', () => {
    const universe = openUniverse(3);
    for (const nowMs of [Date.UTC(2024, 1, 29, 2), Date.UTC(2024, 2, 1, 2), Date.UTC(2026, 0, 1, 2)]) {
      const range = { from: 0, count: 512, clock: fixedClock(nowMs) };
      const events = viewingEvents(universe, range);
      expect(new Set(events.map(({ event_timestamp }) => event_timestamp.slice(0, 10))).size).toBe(2);
      expect(viewingLines(universe, range)).toEqual(events.map((event) => JSON.stringify(event)));
    }
  });
});

describe('viewingNdjson and viewingBytes', () => {
  it('end every line with a line feed', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, (universe, range) => {
        const all = { ...range, clock: fixedClock(Date.UTC(2026, 10, 21)) };
        const text = viewingLines(universe, all)
          .map((line) => `${line}\n`)
          .join('');
        expect(viewingNdjson(universe, all)).toBe(text);
        expect(viewingBytes(universe, all)).toEqual(Buffer.from(text, 'utf8'));
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    { seed: 42, from: 0, sha256: 'x' },
    { seed: 0xffff_ffff, from: 2 ** 52 + 77, sha256: 'x' },
  ])('make the same bytes on every machine: seed $seed from event $from', ({ seed, from, sha256 }) => {
    const startMs = Date.UTC(2026, 10, 21) - Math.floor(from / 1000) * 1000;
    const clock = from === 0 ? steadyClock({ startMs, eventsPerSecond: 1000 }) : fixedClock(Date.UTC(2026, 10, 21));
    const bytes = viewingBytes(openUniverse(seed), { from, count: 20_000, clock });
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });
});
