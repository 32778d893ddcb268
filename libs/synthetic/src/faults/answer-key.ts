import { addCounts } from '../add-counts.ts';
import type { ClickstreamKey } from '../clickstream/tally.ts';
import type { Universe } from '../universe/universe.ts';
import { eventsPerBlock } from '../viewing/limits.ts';
import { checkedRange, eachBlock } from '../viewing/range.ts';
import type { AnswerKey } from '../viewing/tally.ts';
import { clickstreamFaults } from './clickstream.ts';
import { openFaults } from './draw.ts';
import type { FaultyNumbers } from './expectation.ts';
import type { CountedFamily } from './family.ts';
import { type FaultKind, faultKinds, type RefusedKind, refusedKinds } from './event-faults.ts';
import { viewingFaults } from './viewing.ts';

/** What exactly must become of a range of events with faults. Kinds are all named, fields and problems where they occur. */
export interface FaultyKey<Key> {
  /** How many lines are handed over: one for each event, two for a duplicate. */
  readonly lines: number;
  /** The distinct events that must land. */
  readonly land: Key;
  /** Lines that are copies of a line of this range. */
  readonly duplicates: number;
  readonly quarantine: {
    readonly total: number;
    readonly byKind: Readonly<Record<RefusedKind, number>>;
    /** By the field of the first problem; `(event)` for a line that is refused as a whole. */
    readonly byField: Readonly<Record<string, number>>;
    /** By field and reason with a space between: `watch_duration_seconds must be at least 0`. */
    readonly byProblem: Readonly<Record<string, number>>;
  };
  /** How many events have each fault, whatever becomes of them. */
  readonly faults: Readonly<Record<FaultKind, number>>;
}

const none = <Kind extends string>(kinds: readonly Kind[]): Record<Kind, number> =>
  Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;

/** The exact counts of a range of a family with faults. */
const keyOf =
  <Key extends { readonly events: number }>(family: CountedFamily<Key>) =>
  (universe: Universe, { dial, ...range }: FaultyNumbers): FaultyKey<Key> => {
    const faultAt = openFaults(universe, dial, family);
    const counter = family.counter(universe);
    const faults = none(faultKinds);
    const byField: Record<string, number> = {};
    const byProblem: Record<string, number> = {};
    eachBlock(checkedRange(range), (number, first, end) => {
      counter.open(number);
      for (let position = first; position < end; position++) {
        const fault = faultAt(number * eventsPerBlock + position);
        if (fault) faults[fault.kind] += 1;
        if (!fault?.problem) {
          counter.add(position);
          continue;
        }
        const { field, reason } = fault.problem;
        const problem = `${field} ${reason}`;
        byField[field] = (byField[field] ?? 0) + 1;
        byProblem[problem] = (byProblem[problem] ?? 0) + 1;
      }
    });
    const land = counter.key();
    const byKind = Object.fromEntries(refusedKinds.map((kind) => [kind, faults[kind]])) as Record<RefusedKind, number>;
    return {
      lines: range.count + faults.duplicate,
      land,
      duplicates: faults.duplicate,
      quarantine: { total: range.count - land.events, byKind, byField, byProblem },
      faults,
    };
  };

const adding =
  <Key>({ addKeys }: CountedFamily<Key>) =>
  (one: FaultyKey<Key>, other: FaultyKey<Key>): FaultyKey<Key> => ({
    lines: one.lines + other.lines,
    land: addKeys(one.land, other.land),
    duplicates: one.duplicates + other.duplicates,
    quarantine: {
      total: one.quarantine.total + other.quarantine.total,
      byKind: addCounts(one.quarantine.byKind, other.quarantine.byKind),
      byField: addCounts(one.quarantine.byField, other.quarantine.byField),
      byProblem: addCounts(one.quarantine.byProblem, other.quarantine.byProblem),
    },
    faults: addCounts(one.faults, other.faults),
  });

/**
 * The exact counts of a range with faults, for any clock that `faultyEvents` takes.
 *
 * @throws RangeError when the range or the dial is out of bounds
 */
export const faultyAnswerKey = keyOf(viewingFaults);
export type FaultyAnswerKey = FaultyKey<AnswerKey>;

/** The same of the clickstream. */
export const faultyClickstreamKey = keyOf(clickstreamFaults);
export type FaultyClickstreamKey = FaultyKey<ClickstreamKey>;

/** The key of two ranges together; of ranges side by side, with one dial, the key of both as one. */
export const addFaultyKeys = adding(viewingFaults);
export const addFaultyClickstreamKeys = adding(clickstreamFaults);
