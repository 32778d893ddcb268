import { addClickstreamKeys } from '../clickstream/answer-key.ts';
import { emptyClickBlock, fillClickBlock } from '../clickstream/block.ts';
import { clickstreamLines } from '../clickstream/lines.ts';
import { type ClickstreamKey, ClickTally } from '../clickstream/tally.ts';
import { clickstreamTypes } from '../clickstream/vocabulary.ts';
import { purposes } from '../universe/purposes.ts';
import { duplicate, hotKey, outOfOrder } from './delivery.ts';
import { type Decoys, duplicateKeys, otherCase, otherOf } from './doubled-keys.ts';
import type { CountedFamily } from './family.ts';
import { notAnObject, notJson, oversize } from './not-an-event.ts';
import { byteOrderMark, prettyPrinted } from './odd-layout.ts';
import { foreignId, halfSurrogate, nulls } from './odd-values.ts';
import { nestedTooDeep, tooManyKeys } from './out-of-bounds.ts';
import type { Fields } from './rewrite.ts';
import { timeFaults } from './times.ts';
import { asNumber, asTime, fieldFaults } from './wrong-fields.ts';

const notANumber = 'must be a string, not a number';

const decoys: Decoys = {
  eventId: () => 'ec-decoy',
  timestamp: () => '1970-01-01T00:00:00.000Z',
  eventType: otherOf('click', 'error'),
  userId: () => 'cus-decoy',
  deviceType: otherOf('tv', 'mobile'),
  pageUrl: () => '/decoy',
  amount: () => -1,
  currency: otherOf('XXX', 'XTS'),
};

const texts = [
  'region',
  'paymentMethod',
  'signupMethod',
  'campaignSource',
  'elementId',
  'elementType',
  'errorType',
  'errorMessage',
] as const;

/** Pages are counted by their views. */
const freeTexts = (event: Fields): readonly string[] => {
  const uncounted = event.eventType === 'page_view' ? texts : [...texts, 'pageUrl'];
  return uncounted.filter((field) => Object.hasOwn(event, field));
};

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
    duplicateKeys: duplicateKeys(decoys),
    otherCase: otherCase(decoys),
    halfSurrogate: halfSurrogate(freeTexts),
    nulls: nulls(['sessionId', 'region', 'loadTime', 'itemsCount', 'elementType', 'campaignSource', 'note']),
    foreignId: foreignId('userId'),
    byteOrderMark,
    prettyPrinted,
    nestedTooDeep,
    tooManyKeys,
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
