import { aClickstreamEvent, arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { emfLines } from './emf.ts';
import { eventMetrics } from './event-metrics.ts';

const atMs = 1_795_000_000_000;
const read = (line: string | undefined): Record<string, unknown> => JSON.parse(line ?? '') as Record<string, unknown>;

describe('emfLines', () => {
  it('is one line of the embedded metric format, dimensions and values beside what they mean', () => {
    const [line, ...more] = emfLines('RealTimeAnalytics', atMs, [
      {
        metrics: { EventsProcessed: { unit: 'Count', values: [3] } },
        dimensions: { EventType: 'click', DeviceType: 'web' },
        by: [['EventType', 'DeviceType'], []],
      },
    ]);
    expect(more).toEqual([]);
    expect(read(line)).toEqual({
      _aws: {
        Timestamp: atMs,
        CloudWatchMetrics: [
          {
            Namespace: 'RealTimeAnalytics',
            Dimensions: [['EventType', 'DeviceType'], []],
            Metrics: [{ Name: 'EventsProcessed', Unit: 'Count' }],
          },
        ],
      },
      EventType: 'click',
      DeviceType: 'web',
      EventsProcessed: 3,
    });
  });

  it('has at most a hundred values of a metric in a line, and loses none', () => {
    const values = Array.from({ length: 201 }, (_, value) => value);
    const lines = emfLines('N', atMs, [{ metrics: { Load: { unit: 'Milliseconds', values } } }]).map(read);
    expect(lines.map(({ Load }) => [Load].flat().length)).toEqual([100, 100, 1]);
    expect(lines.flatMap(({ Load }) => Load)).toEqual(values);
  });
});

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
