import { describe, expect, it } from '@jest/globals';
import type { RebuiltHour } from './rebuild.ts';
import { addTo, driftLines, heading, noSums, verdict } from './report.ts';

const hour = (changes: Partial<RebuiltHour> = {}): RebuiltHour => ({
  hour: '2026-11-21T09',
  events: 1_200,
  drift: [
    { window: 'hour#2026-11-21T09', subject: 'all', counter: 'events', held: 1_190n, lake: 1_200n },
    { window: 'hour#2026-11-21T09', subject: 'page#/home', counter: '30|type#click', held: 3n, lake: 1n },
  ],
  isOpen: false,
  repaired: 0,
  ...changes,
});
const saidOf = (repairs: boolean, ...hours: RebuiltHour[]): string[] => {
  const sums = noSums();
  for (const each of hours) addTo(sums, each);
  return verdict(sums, repairs);
};

describe('the report of a rebuild', () => {
  it('has a line for each counter that drifted, with both sums and the difference', () => {
    expect([heading(), ...driftLines(hour())].map((line) => line.split(/ +/))).toEqual([
      ['window', 'subject', 'counter', 'held', 'lake', 'difference'],
      ['hour#2026-11-21T09', 'all', 'events', '1190', '1200', '+10'],
      ['hour#2026-11-21T09', 'page#/home', '30|type#click', '3', '1', '-2'],
    ]);
  });

  it('says what was repaired, what was left alone, and what to look at again', () => {
    expect(saidOf(false, hour({ drift: [] }))).toEqual(['1 hour, 1,200 events in the lake, drift 0']);
    expect(saidOf(true, hour({ repaired: 2 }), hour({ repaired: 1 }), hour({ isOpen: true }))).toEqual([
      '3 hours, 3,600 events in the lake, drift 6',
      '2 of these counters are of hours that still got events within the hour: look again in an hour',
      '3 counters repaired',
      '1 counter changed meanwhile and was left alone: run it again',
    ]);
  });
});
