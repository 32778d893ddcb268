import { describe, expect, it } from '@jest/globals';
import { timeProblem } from './event-time.ts';

const at = '2026-11-21T09:30:00.000Z';
const ms = Date.parse(at);

describe('the time of an event', () => {
  it.each([
    ['long ago and replayed today', Date.parse('2036-01-01T00:00:00Z')],
    ['just now', ms],
    ['ahead by as much as a clock may be', ms - 5 * 60_000],
  ])('is believed when it was %s', (_, arrivedAtMs) => {
    expect(timeProblem('event_timestamp', at, arrivedAtMs)).toBeUndefined();
  });

  it.each([
    ['a millisecond too far ahead', ms - 5 * 60_000 - 1],
    ['judged against an unknown arrival', Number.NaN],
  ])('is refused when it is %s', (_, arrivedAtMs) => {
    expect(timeProblem('event_timestamp', at, arrivedAtMs)).toEqual({
      field: 'event_timestamp',
      reason: 'must not be more than 5 minutes after the event arrived',
    });
  });

  it('is refused before 2000, however it is written', () => {
    const refused = { field: 'timestamp', reason: 'must not be before 2000-01-01T00:00:00Z' };
    expect(timeProblem('timestamp', '1999-12-31T23:59:59.999Z', ms)).toEqual(refused);
    expect(timeProblem('timestamp', '0001-01-01T00:00:00Z', ms)).toEqual(refused);
    expect(timeProblem('timestamp', '2000-01-01T00:00:00Z', ms)).toBeUndefined();
  });
});
