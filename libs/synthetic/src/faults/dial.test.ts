import { describe, expect, it } from '@jest/globals';
import { openUniverse } from '../universe/universe.ts';
import { endOfEvents } from '../viewing/limits.ts';
import { dials, type FaultDial, hasFaults, hostile, noFaults, someOfEach } from './dial.ts';
import { faultOf } from './draw.ts';
import { type FaultKind, faultKinds, refusedKinds } from './event-faults.ts';

const universe = openUniverse(42);
const labels = (dial: FaultDial, count: number, of = universe): (FaultKind | undefined)[] =>
  Array.from({ length: count }, (_, number) => faultOf(of, dial, number));

describe('a fault dial', () => {
  it('gives no event a fault when it is at nothing', () => {
    expect(hasFaults(noFaults)).toBe(false);
    expect(hasFaults({ late: 0, oversize: 0 })).toBe(false);
    expect(labels(noFaults, 1000).every((fault) => fault === undefined)).toBe(true);
  });

  it.each(faultKinds)('gives every event the fault %s when that is at 1', (kind) => {
    expect(labels({ [kind]: 1 }, 1000)).toEqual(Array(1000).fill(kind));
  });

  it('shares all events out when its rates add up to 1', () => {
    const ten = refusedKinds.slice(0, 10);
    const tenth = Object.fromEntries(ten.map((kind) => [kind, 0.1])) as FaultDial;
    const counts = ten.map((kind) => labels(tenth, 10_000).filter((fault) => fault === kind).length);
    expect(counts).toEqual([1024, 957, 992, 1016, 1009, 997, 1003, 975, 1074, 953]);
  });

  it('has presets: none, a tenth of the events, and with what is hostile every kind', () => {
    expect(dials).toEqual({ none: noFaults, some: someOfEach, hostile });
    expect(Object.keys(hostile).sort()).toEqual([...faultKinds].sort());
    expect(hostile).toMatchObject(someOfEach);
    const added = Object.keys(hostile).filter((kind) => !(kind in someOfEach));
    expect(added).toEqual([
      'duplicateKeys',
      'otherCase',
      'halfSurrogate',
      'nulls',
      'foreignId',
      'byteOrderMark',
      'prettyPrinted',
      'nestedTooDeep',
      'tooManyKeys',
    ]);
    const sum = (dial: FaultDial): number => Object.values(dial).reduce((total, rate) => total + rate, 0);
    expect(Object.values(hostile).every((rate) => rate > 0)).toBe(true);
    expect([sum(someOfEach), sum(hostile)]).toEqual([expect.closeTo(0.1, 3), expect.closeTo(0.171, 3)]);
  });

  it('gives other events their faults under another seed', () => {
    expect(labels({ late: 0.5 }, 64, openUniverse(43))).not.toEqual(labels({ late: 0.5 }, 64));
  });

  it.each<[FaultDial, string]>([
    [{ late: -0.1 }, 'the rate of late must be from 0 to 1'],
    [{ oversize: 1.1 }, 'the rate of oversize must be from 0 to 1'],
    [{ hotKey: Number.NaN }, 'the rate of hotKey must be from 0 to 1'],
    [{ late: 0.6, notJson: 0.6 }, 'the rates of a fault dial must add up to at most 1'],
    [{ lateness: 0 } as FaultDial, `a fault dial has rates for ${faultKinds.join(', ')}`],
  ])('refuses %j', (dial, message) => {
    expect(() => hasFaults(dial)).toThrow(new RangeError(message));
    expect(() => faultOf(universe, dial, 0)).toThrow(new RangeError(message));
  });

  it.each([-1, 0.5, endOfEvents])('has no label for the number %d', (number) => {
    expect(() => faultOf(universe, someOfEach, number)).toThrow(RangeError);
  });
});
