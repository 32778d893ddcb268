import { describe, expect, it } from '@jest/globals';
import { ClickstreamEvent, clickstreamEventTypes } from './clickstream-event.ts';
import { ClickstreamRow, clickstreamRow } from './clickstream-row.ts';
import { parseRow } from './parsed.ts';
import { aClickstreamEvent } from './testing/index.ts';

describe('clickstreamRow', () => {
  it.each(clickstreamEventTypes)('keeps every field of a %s event, in a column of the table', (type) => {
    const event = aClickstreamEvent(type, { region: 'DE' });
    const row = clickstreamRow(event);
    expect(parseRow(ClickstreamRow, row)).toEqual({ ok: true, value: row });
    expect(Object.values(row).sort()).toEqual(Object.values(event).sort());
  });

  it('names columns as the tables do, and leaves out what the event leaves out', () => {
    expect(clickstreamRow(aClickstreamEvent('purchase', { sessionId: undefined, paymentMethod: undefined }))).toEqual({
      event_id: 'event-1',
      event_timestamp: '2026-11-21T09:30:00.000Z',
      event_type: 'purchase',
      user_id: 'user_1234',
      device_type: 'desktop',
      amount: 99.99,
      currency: 'USD',
      items_count: 2,
    });
  });

  it('has a column for every field of every event type', () => {
    const fields = new Set(ClickstreamEvent.options.flatMap(({ shape }) => Object.keys(shape)));
    expect(Object.keys(ClickstreamRow.shape)).toHaveLength(fields.size);
  });
});
