import { aClickstreamEvent, arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { countersOf } from './counter.ts';
import { entriesOf } from './entry.ts';
import { maxActions, pack } from './pack.ts';

const pageView = fc.record({ id: fc.nat(400), minute: fc.nat(300), page: fc.nat(60) }).map(({ id, minute, page }) => ({
  event: aClickstreamEvent('page_view', {
    eventId: `event-${id}`,
    timestamp: new Date(Date.UTC(2026, 10, 20, 8, minute % 7 === 0 ? minute : 0)).toISOString(),
    pageUrl: `/page/${page}`,
  }),
  arrivedAtMs,
}));

describe('pack', () => {
  it('keeps every group within what a transaction takes, and every event in one group', () => {
    fc.assert(
      fc.property(fc.array(pageView, { maxLength: 400 }), (events) => {
        const entries = entriesOf(events);
        const groups = pack(entries);
        for (const group of groups) expect(group.length + countersOf(group).length).toBeLessThanOrEqual(maxActions);
        expect(
          groups
            .flat()
            .map(({ key }) => key)
            .sort(),
        ).toEqual(entries.map(({ key }) => key).sort());
      }),
      { numRuns: 50 },
    );
  });

  it('counts what an event would add before it takes it: 33 events of hours of their own fill a transaction', () => {
    const events = Array.from({ length: 60 }, (_, hour) => ({
      event: aClickstreamEvent('click', {
        eventId: `event-${hour}`,
        timestamp: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
        pageUrl: undefined,
      }),
      arrivedAtMs,
    }));
    const groups = pack(entriesOf(events));
    expect(groups.map((group) => group.length + countersOf(group).length)).toEqual([99, 81]);
  });

  it('has some ninety events of one minute and page in a transaction', () => {
    const events = Array.from({ length: 288 }, (_, id) => ({
      event: aClickstreamEvent('page_view', { eventId: `event-${id}` }),
      arrivedAtMs,
    }));
    expect(pack(entriesOf(events)).map((group) => group.length)).toEqual([97, 97, 94]);
  });

  it('takes an event once that a batch holds twice, however its time is spelled', () => {
    const event = aClickstreamEvent('click', { timestamp: '2026-11-21T09:30:00Z' });
    const again = { ...event, timestamp: '2026-11-21T09:30:00.000Z' };
    expect(entriesOf([event, again].map((each) => ({ event: each, arrivedAtMs })))).toHaveLength(1);
  });
});
