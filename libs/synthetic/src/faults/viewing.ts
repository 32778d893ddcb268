import { purposes } from '../universe/purposes.ts';
import { eventTypes } from '../universe/vocabulary.ts';
import { addKeys } from '../viewing/answer-key.ts';
import { emptyBlock, fillBlock } from '../viewing/block.ts';
import { viewingLines } from '../viewing/lines.ts';
import { type AnswerKey, Tally } from '../viewing/tally.ts';
import { duplicate, hotKey, outOfOrder } from './delivery.ts';
import { type Decoys, duplicateKeys, otherCase, otherOf } from './doubled-keys.ts';
import type { CountedFamily } from './family.ts';
import { notAnObject, notJson, oversize } from './not-an-event.ts';
import { byteOrderMark, prettyPrinted } from './odd-layout.ts';
import { foreignId, halfSurrogate, nulls } from './odd-values.ts';
import { nestedTooDeep, tooManyKeys } from './out-of-bounds.ts';
import { timeFaults } from './times.ts';
import { asNumber, asText, asTime, fieldFaults } from './wrong-fields.ts';

const required = [
  'event_timestamp',
  'event_type',
  'customer_id',
  'title_id',
  'title_type',
  'device_type',
  'quality',
  'watch_duration_seconds',
  'completion_percentage',
] as const;

const decoys: Decoys = {
  event_id: () => 'ev-decoy',
  event_timestamp: () => '1970-01-01T00:00:00.000Z',
  event_type: otherOf('start', 'stop'),
  customer_id: () => 'cus-decoy',
  title_id: () => 'ttl-decoy',
  device_type: otherOf('tv', 'mobile'),
  watch_duration_seconds: () => -1,
};

/** Viewing events and their faults. */
export const viewingFaults: CountedFamily<AnswerKey> = {
  purpose: purposes.faults,
  idPrefix: 'ev',
  makers: {
    duplicate,
    outOfOrder,
    hotKey: hotKey('customer_id'),
    ...timeFaults('event_timestamp'),
    ...fieldFaults({
      missing: required.map((field) => ({ field, reason: 'is missing' })),
      spoilt: [
        ['event_timestamp', 'must be a string, not a number', asTime],
        ['customer_id', 'must be a string, not a number', asNumber],
        ['watch_duration_seconds', 'must be a number, not a string', asText],
        ['completion_percentage', 'must be a number, not a string', asText],
      ],
      types: { field: 'event_type', known: eventTypes, others: ['rewind', 'seek', 'buffering', 'heartbeat'] },
      negative: { field: 'watch_duration_seconds', change: (below) => ({ watch_duration_seconds: -below }) },
    }),
    notJson,
    notAnObject,
    oversize,
    duplicateKeys: duplicateKeys(decoys),
    otherCase: otherCase(decoys),
    halfSurrogate: halfSurrogate(() => []), // there are only ids, words and numbers
    nulls: nulls(['session_id', 'note']),
    foreignId: foreignId('customer_id'),
    byteOrderMark,
    prettyPrinted,
    nestedTooDeep,
    tooManyKeys,
  },
  lines: viewingLines,
  counter: (universe) => {
    const block = emptyBlock();
    const tally = new Tally(universe);
    return {
      open: (number) => fillBlock(universe, number, block),
      add: (position) => tally.addEvent(block, position),
      key: () => tally.key(),
    };
  },
  addKeys,
};
