import { describe, expect, it } from '@jest/globals';
import type { ViewingEvent } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { addKeys, answerKey, type AnswerKey } from './answer-key.ts';
import { anyRange, anyUniverse } from './any-range.ts';
import { viewingEvents } from './events.ts';
import { endOfEvents } from './limits.ts';

const counted = (events: ViewingEvent[]): AnswerKey => {
  const key = {
    events: events.length,
    byType: { start: 0, pause: 0, resume: 0, stop: 0, complete: 0 },
    byDevice: { tv: 0, mobile: 0, web: 0, tablet: 0 },
    byTitle: {} as Record<string, number>,
  };
  for (const { event_type, device_type, title_id } of events) {
    key.byType[event_type] += 1;
    key.byDevice[device_type] += 1;
    key.byTitle[title_id] = (key.byTitle[title_id] ?? 0) + 1;
  }
  return key;
};

describe('answerKey', () => {
  it('says what counting the events says, for any range', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, (universe, range) => {
        const events = viewingEvents(universe, { ...range, clock: fixedClock(Date.UTC(2026, 10, 21)) });
        expect(answerKey(universe, range)).toEqual(counted(events));
      }),
      { numRuns: 60 },
    );
  });

  it('adds up: the keys of neighbouring ranges are the key of both', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, fc.nat(), (universe, { from, count }, cut) => {
        const first = cut % (count + 1);
        const one = answerKey(universe, { from, count: first });
        const other = answerKey(universe, { from: from + first, count: count - first });
        expect(addKeys(one, other)).toEqual(answerKey(universe, { from, count }));
      }),
      { numRuns: 40 },
    );
  });

  it('has a start for every end, and a resume for every pause, in whole blocks', () => {
    const { byType } = answerKey(openUniverse(42), { from: 0, count: 256 * 100 });
    expect(byType.start).toBe(byType.stop + byType.complete);
    expect(byType.pause).toBe(byType.resume);
  });

  it('refuses a range that it cannot number', () => {
    expect(() => answerKey(openUniverse(1), { from: 0, count: -1 })).toThrow(RangeError);
    expect(() => answerKey(openUniverse(1), { from: endOfEvents, count: 1 })).toThrow(RangeError);
  });
});

describe('the popularity of titles', () => {
  it('is like Zipf: a tenth of the titles has well over half of the events', () => {
    const { byTitle } = answerKey(openUniverse(42), { from: 0, count: 1_000_000 });
    const counts = Object.values(byTitle).sort((a, b) => b - a);
    const head = counts.slice(0, 100).reduce((sum, count) => sum + count, 0);
    expect(head).toBe(693_001);
  });
});
