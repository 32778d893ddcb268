import { addClickstreamKeys } from '../clickstream/answer-key.ts';
import { emptyClickBlock, fillClickBlock } from '../clickstream/block.ts';
import { clickstreamLines } from '../clickstream/lines.ts';
import { type ClickstreamKey, ClickTally } from '../clickstream/tally.ts';
import { clickstreamTypes } from '../clickstream/vocabulary.ts';
import { purposes } from '../universe/purposes.ts';
import { duplicate, hotKey, outOfOrder } from './delivery.ts';
import type { CountedFamily } from './family.ts';
import { notAnObject, notJson, oversize } from './not-an-event.ts';
import { timeFaults } from './times.ts';
import { asNumber, asTime, fieldFaults } from './wrong-fields.ts';

const notANumber = 'must be a string, not a number';

/** Clickstream events and their faults, as the producer judges them. */
export const clickstreamFaults: CountedFamily<ClickstreamKey> = {
  purpose: purposes.clickstreamFaults,
  idPrefix: 'ec',
  makers: {
    duplicate,
    outOfOrder,
    hotKey: hotKey('userId'),
    ...timeFaults('timestamp'),
    ...fieldFaults({
      missing: [
        { field: 'timestamp', reason: 'is missing' },
        { field: 'userId', reason: 'is missing' },
        // Without its type an event could be any of them.
        { field: 'eventType', reason: `must be one of ${clickstreamTypes.join(', ')}` },
      ],
      spoilt: [
        ['timestamp', notANumber, asTime],
        ['userId', notANumber, asNumber],
        ['region', notANumber, () => 840],
      ],
      types: { field: 'eventType', known: clickstreamTypes, others: ['hover', 'scroll', 'resize', 'heartbeat'] },
      // Not every event has a number of its own, so it becomes a purchase.
      negative: {
        field: 'amount',
        change: (below) => ({ eventType: 'purchase', amount: -below, currency: 'USD', itemsCount: 1 }),
      },
    }),
    notJson,
    notAnObject,
    oversize,
  },
  lines: clickstreamLines,
  counter: (universe) => {
    const block = emptyClickBlock();
    const tally = new ClickTally(universe);
    return {
      open: (number) => fillClickBlock(universe, number, block),
      add: (position) => tally.addEvent(block, position),
      key: () => tally.key(),
    };
  },
  addKeys: addClickstreamKeys,
};
