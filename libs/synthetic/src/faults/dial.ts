import { type FaultKind, faultKinds } from './event-faults.ts';

/** The share of events that has each fault, 0 to 1; a kind that is not named has none. Together they are at most 1. */
export type FaultDial = Readonly<Partial<Record<FaultKind, number>>>;

/** Every event as it should be. */
export const noFaults: FaultDial = {};

/**
 * A tenth of the events, with every kind among them but those of `hostile`. Oversize is rare: one such event is as large
 * as 800 others.
 */
export const someOfEach: FaultDial = {
  late: 0.02,
  duplicate: 0.02,
  outOfOrder: 0.02,
  hotKey: 0.02,
  clockBehind: 0.005,
  clockAhead: 0.005,
  notJson: 0.001,
  notAnObject: 0.001,
  missingField: 0.001,
  wrongType: 0.001,
  unknownEventType: 0.001,
  negativeDuration: 0.001,
  timestampIn1970: 0.001,
  timestampNextYear: 0.001,
  clockFarAhead: 0.002,
  oversize: 0.000_02,
};

/** The same, and lines that readers of JSON disagree about: every kind there is, for 17 % of the events. */
export const hostile: FaultDial = {
  ...someOfEach,
  duplicateKeys: 0.01,
  otherCase: 0.01,
  halfSurrogate: 0.01,
  nulls: 0.01,
  foreignId: 0.01,
  byteOrderMark: 0.01,
  prettyPrinted: 0.01,
  nestedTooDeep: 0.0005,
  tooManyKeys: 0.0005,
};

/** The dials that commands know, by the names that they have there. */
export const dials = { none: noFaults, some: someOfEach, hostile } as const;
export type DialName = keyof typeof dials;

/** One above the largest number that decides about an event. */
export const drawLimit = 2 ** 32;

/**
 * Shares the numbers below `drawLimit` out among the kinds, in slices side by side, so that one number says whether an
 * event has a fault and which: kind k has the numbers from the end of the slice before it to below `ends[k]`.
 *
 * @throws RangeError when a name is no kind of fault, a rate is not from 0 to 1, or the rates add up to more than 1
 */
export const slices = (dial: FaultDial): Float64Array => {
  if (Object.keys(dial).some((name) => !faultKinds.includes(name as FaultKind))) {
    throw new RangeError(`a fault dial has rates for ${faultKinds.join(', ')}`);
  }
  let end = 0;
  const ends = Float64Array.from(faultKinds, (kind) => {
    const rate = dial[kind] ?? 0;
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`the rate of ${kind} must be from 0 to 1`);
    return (end += Math.floor(rate * drawLimit));
  });
  if (end > drawLimit) throw new RangeError('the rates of a fault dial must add up to at most 1');
  return ends;
};

/**
 * Whether the dial gives any event a fault.
 *
 * @throws RangeError when it is no dial
 */
export const hasFaults = (dial: FaultDial): boolean => slices(dial).at(-1)! > 0;
