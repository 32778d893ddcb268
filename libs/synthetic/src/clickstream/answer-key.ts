import { addCounts } from '../add-counts.ts';
import type { Universe } from '../universe/universe.ts';
import { checkedRange, eachBlock, type EventRange } from '../viewing/range.ts';
import { emptyClickBlock, fillClickBlock } from './block.ts';
import { type ClickstreamKey, ClickTally } from './tally.ts';

export type { ClickstreamKey } from './tally.ts';

/**
 * The exact counts of a range of clickstream events, for any clock.
 *
 * @throws RangeError when the range is out of bounds
 */
export const clickstreamKey = (universe: Universe, range: EventRange): ClickstreamKey => {
  const block = emptyClickBlock();
  const tally = new ClickTally(universe);
  eachBlock(checkedRange(range), (number, first, end) => {
    fillClickBlock(universe, number, block);
    for (let position = first; position < end; position++) tally.addEvent(block, position);
  });
  return tally.key();
};

/** The key of two ranges together. */
export const addClickstreamKeys = (one: ClickstreamKey, other: ClickstreamKey): ClickstreamKey => ({
  events: one.events + other.events,
  byType: addCounts(one.byType, other.byType),
  byDevice: addCounts(one.byDevice, other.byDevice),
  byPage: addCounts(one.byPage, other.byPage),
  purchasesByCurrency: addCounts(one.purchasesByCurrency, other.purchasesByCurrency),
  revenueByCurrency: addCounts(one.revenueByCurrency, other.revenueByCurrency),
});
