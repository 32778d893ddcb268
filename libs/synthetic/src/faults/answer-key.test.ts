import { describe, expect, it } from '@jest/globals';
import { parseViewingLine } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { answerKey } from '../viewing/answer-key.ts';
import { anyRange, anyUniverse } from '../viewing/any-range.ts';
import { endOfEvents } from '../viewing/limits.ts';
import { addFaultyKeys, faultyAnswerKey, type FaultyAnswerKey } from './answer-key.ts';
import { anyDial } from './any-dial.ts';
import { noFaults, someOfEach } from './dial.ts';
import { type FaultyEvent, faultyEvents } from './lines.ts';

const atMs = Date.UTC(2026, 10, 21);

const counts = (names: readonly (string | undefined)[]): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const name of names) if (name !== undefined) all[name] = (all[name] ?? 0) + 1;
  return all;
};

/** What the contract's parser makes of the lines; of two lines of an event, one lands. */
const judged = (events: readonly FaultyEvent[]) => {
  const parsed = events.map(({ line }) => parseViewingLine(line, atMs));
  const landed = new Map(parsed.flatMap((one) => (one.ok ? [[one.value.event_id, one.value]] : [])));
  const first = parsed.flatMap((one) => (one.ok ? [] : one.problems.slice(0, 1)));
  const refused = events.filter((_, index) => !parsed[index]!.ok);
  return {
    lines: events.length,
    land: {
      events: landed.size,
      byType: counts([...landed.values()].map(({ event_type }) => event_type)),
      byDevice: counts([...landed.values()].map(({ device_type }) => device_type)),
      byTitle: counts([...landed.values()].map(({ title_id }) => title_id)),
    },
    duplicates: events.filter(({ copy }) => copy).length,
    quarantine: {
      total: first.length,
      byKind: counts(refused.map(({ fault }) => fault)),
      byField: counts(first.map(({ field }) => field)),
      byProblem: counts(first.map(({ field, reason }) => `${field} ${reason}`)),
    },
    faults: counts(events.filter(({ copy }) => !copy).map(({ fault }) => fault)),
  };
};

/** The key without the names that have no events. */
const withoutZeros = (key: FaultyAnswerKey): unknown =>
  JSON.parse(JSON.stringify(key), (name, value: unknown) =>
    value === 0 && !['lines', 'events', 'duplicates', 'total'].includes(name) ? undefined : value,
  );

describe('faultyAnswerKey', () => {
  it('says what the parser of the contract makes of the lines, for any range and dial', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, (universe, range, dial) => {
        const events = faultyEvents(universe, { ...range, dial, clock: fixedClock(atMs) });
        expect(withoutZeros(faultyAnswerKey(universe, { ...range, dial }))).toEqual(judged(events));
      }),
      { numRuns: 40 },
    );
  });

  it('adds up: the keys of neighbouring ranges are the key of both', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, fc.nat(), (universe, { from, count }, dial, cut) => {
        const first = cut % (count + 1);
        const one = faultyAnswerKey(universe, { from, count: first, dial });
        const other = faultyAnswerKey(universe, { from: from + first, count: count - first, dial });
        expect(addFaultyKeys(one, other)).toEqual(faultyAnswerKey(universe, { from, count, dial }));
      }),
      { numRuns: 40 },
    );
  });

  it('is the answer key when nothing is at fault', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, (universe, range) => {
        expect(faultyAnswerKey(universe, { ...range, dial: noFaults }).land).toEqual(answerKey(universe, range));
      }),
      { numRuns: 20 },
    );
  });

  it('has about as many of each fault as the dial says', () => {
    const key = faultyAnswerKey(openUniverse(42), { from: 0, count: 1_000_000, dial: someOfEach });
    expect({ lines: key.lines, land: key.land.events, quarantine: key.quarantine.total, ...key.faults }).toEqual({
      lines: 1_020_016,
      land: 989_906,
      quarantine: 10_094,
      late: 19_907,
      duplicate: 20_016,
      outOfOrder: 19_856,
      hotKey: 19_751,
      clockBehind: 4843,
      clockAhead: 5001,
      duplicateKeys: 0,
      otherCase: 0,
      halfSurrogate: 0,
      nulls: 0,
      foreignId: 0,
      byteOrderMark: 0,
      prettyPrinted: 0,
      notJson: 1008,
      notAnObject: 958,
      missingField: 1025,
      wrongType: 1043,
      unknownEventType: 996,
      negativeDuration: 996,
      timestampIn1970: 1051,
      timestampNextYear: 1002,
      clockFarAhead: 1998,
      oversize: 17,
      nestedTooDeep: 0,
      tooManyKeys: 0,
    });
  });

  it('refuses a range that it cannot number', () => {
    const universe = openUniverse(1);
    expect(() => faultyAnswerKey(universe, { from: 0, count: -1, dial: noFaults })).toThrow(RangeError);
    expect(() => faultyAnswerKey(universe, { from: endOfEvents, count: 1, dial: noFaults })).toThrow(RangeError);
  });
});
