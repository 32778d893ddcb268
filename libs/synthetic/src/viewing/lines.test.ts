import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { dailyClock } from '../daily-clock.ts';
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
        expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(viewingBytes(universe, all))).toBe(
          text,
        );
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    {
      seed: 42,
      from: 0,
      clock: dailyClock({ fromMs: Date.UTC(2026, 9, 1), toMs: Date.UTC(2026, 9, 31), events: 20_000 }),
      sha256: '4c6b46dca378d6d088ed4fcf06bbc8979fb0307204ad972a07ca983c5ef1e452',
    },
    {
      seed: 0xffff_ffff,
      from: 2 ** 52 + 77,
      clock: fixedClock(Date.UTC(2026, 10, 21)),
      sha256: '4361f429b91522d6617789a45d6f1b027609b29a9aafa03b69a5e52371c9d877',
    },
  ])('make the same bytes on every machine: seed $seed from event $from', ({ seed, from, clock, sha256 }) => {
    const bytes = viewingBytes(openUniverse(seed), { from, count: 20_000, clock });
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });
});
