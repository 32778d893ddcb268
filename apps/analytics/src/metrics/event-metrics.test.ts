import { aClickstreamEvent, arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { eventMetrics } from './event-metrics.ts';

describe('eventMetrics', () => {
  it('counts by type and device, and keeps amounts by currency and load times by device', () => {
    const events = [
      aClickstreamEvent('page_view', { loadTime: 10.5 }),
      aClickstreamEvent('page_view', { loadTime: 20 }),
      aClickstreamEvent('purchase'),
      { ...aClickstreamEvent('purchase', { currency: 'QQQ', amount: 5 }), deviceType: undefined },
    ].map((event) => ({ event, arrivedAtMs }));
    expect(eventMetrics(events as never).map(({ metrics, dimensions }) => [dimensions, metrics])).toEqual([
      [{ EventType: 'page_view', DeviceType: 'desktop' }, { EventsProcessed: { unit: 'Count', values: [2] } }],
      [{ EventType: 'purchase', DeviceType: 'desktop' }, { EventsProcessed: { unit: 'Count', values: [1] } }],
      [{ EventType: 'purchase', DeviceType: 'unknown' }, { EventsProcessed: { unit: 'Count', values: [1] } }],
      [{ Currency: 'USD' }, { PurchaseAmount: { unit: 'None', values: [99.99] } }],
      [{ Currency: 'XXX' }, { PurchaseAmount: { unit: 'None', values: [5] } }],
      [{ DeviceType: 'desktop' }, { PageLoadTime: { unit: 'Milliseconds', values: [10.5, 20] } }],
    ]);
  });
});
