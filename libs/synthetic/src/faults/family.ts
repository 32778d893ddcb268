import type { Clock } from '../clock.ts';
import type { IdPrefix } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import type { EventRange } from '../viewing/range.ts';
import type { FaultMaker } from './fault.ts';
import type { FaultKind } from './event-faults.ts';

/** A family of events, as far as its faults are concerned. */
export interface FaultFamily {
  /** Of the stream of random numbers that decides about its faults. */
  readonly purpose: number;
  readonly idPrefix: IdPrefix;
  readonly makers: Readonly<Record<FaultKind, FaultMaker>>;
  /** Its lines without faults. */
  readonly lines: (universe: Universe, range: EventRange & { readonly clock: Clock }) => string[];
}

/** Counts events, one block after the other, by their positions in its time order. */
export interface Counter<Key> {
  readonly open: (block: number) => void;
  readonly add: (position: number) => void;
  readonly key: () => Key;
}

/** A family whose events can be counted into an answer key. */
export interface CountedFamily<Key> extends FaultFamily {
  readonly counter: (universe: Universe) => Counter<Key>;
  readonly addKeys: (one: Key, other: Key) => Key;
}
