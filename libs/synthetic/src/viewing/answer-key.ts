import { addCounts } from '../add-counts.ts';
import type { Universe } from '../universe/universe.ts';
import { emptyBlock, fillBlock } from './block.ts';
import { eventsPerBlock } from './limits.ts';
import { checkedRange, eachBlock, type EventRange } from './range.ts';
import { planSessions } from './session-plan.ts';
import { type AnswerKey, Tally } from './tally.ts';

export type { AnswerKey } from './tally.ts';

/**
 * The exact counts of a range, for any clock. Blocks that lie wholly in the range are counted from their sessions,
 * without making an event.
 *
 * @throws RangeError when the range is out of bounds
 */
export const answerKey = (universe: Universe, range: EventRange): AnswerKey => {
  const block = emptyBlock();
  const tally = new Tally(universe);
  eachBlock(checkedRange(range), (number, first, end) => {
    if (end - first === eventsPerBlock) {
      planSessions(universe, number, block.sessions);
      tally.addSessions(block.sessions);
    } else {
      fillBlock(universe, number, block);
      for (let position = first; position < end; position++) tally.addEvent(block, position);
    }
  });
  return tally.key();
};

/** The key of two ranges together. */
export const addKeys = (one: AnswerKey, other: AnswerKey): AnswerKey => ({
  events: one.events + other.events,
  byType: addCounts(one.byType, other.byType),
  byDevice: addCounts(one.byDevice, other.byDevice),
  byTitle: addCounts(one.byTitle, other.byTitle),
});
