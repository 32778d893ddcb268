import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { customerId, eventId, numberedIds, titleId } from '../ids.ts';
import { fixedClock } from '../clock.ts';
import { devices, eventTypes, qualities, titleTypes } from '../universe/vocabulary.ts';
import { anyMoment, anyRange, anyUniverse } from './any-range.ts';
import { viewingColumns, type ViewingColumns } from './columns.ts';
import { viewingEvents } from './events.ts';

describe('viewingColumns', () => {
  it('hold the events of a range, in their order', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyMoment, (universe, range, nowMs) => {
        const all = { ...range, clock: fixedClock(nowMs) };
        const sessionId = numberedIds('ss', universe.seed);
        const events = [...rows(viewingColumns(universe, all))].map((row) => ({
          event_id: eventId(universe.seed, row.number),
          event_timestamp: new Date(row.atMs).toISOString(),
          event_type: eventTypes[row.type]!,
          customer_id: customerId(row.customer),
          title_id: titleId(row.title),
          title_type: titleTypes[row.titleType]!,
          device_type: devices[row.device]!,
          quality: qualities[row.quality]!,
          watch_duration_seconds: row.watchedSeconds,
          completion_percentage: row.completionTenths / 10,
          session_id: sessionId(row.session),
        }));
        expect(events).toEqual(viewingEvents(universe, all));
      }),
      { numRuns: 40 },
    );
  });
});

/** Read at once: the columns are filled anew. */
function* rows(
  blocks: ReturnType<typeof viewingColumns>,
): Generator<Record<Exclude<keyof ViewingColumns, 'count'>, number>> {
  for (const { count, ...columns } of blocks) {
    for (let row = 0; row < count; row++) {
      yield Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]!])) as Record<
        Exclude<keyof ViewingColumns, 'count'>,
        number
      >;
    }
  }
}
