import type { Measurement } from '@acme/lambda-kit';
import { minorDigits, noCurrency } from '@acme/telemetry-schema';
import { noDevice } from '../aggregates/keys.ts';
import type { Arrived } from '../sort-out.ts';

/**
 * What a batch's new events say: how many by type and device, what was paid by currency, how long pages took. Names of
 * dimensions come from the contract's lists and ISO 4217, so that no sender can make metrics, which cost, at will.
 */
export const eventMetrics = (events: readonly Arrived[]): Measurement[] => {
  const counts = new Map<string, number>();
  const amounts = new Map<string, number[]>();
  const loads = new Map<string, number[]>();
  for (const { event } of events) {
    const device = event.deviceType ?? noDevice;
    const kind = `${event.eventType} ${device}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (event.eventType === 'purchase')
      push(amounts, minorDigits(event.currency) === undefined ? noCurrency : event.currency, event.amount);
    if (event.eventType === 'page_view' && event.loadTime !== undefined) push(loads, device, event.loadTime);
  }
  return [
    ...[...counts].map(([kind, count]): Measurement => {
      const [EventType = '', DeviceType = ''] = kind.split(' ');
      return {
        metrics: { EventsProcessed: { unit: 'Count', values: [count] } },
        dimensions: { EventType, DeviceType },
        by: [['EventType', 'DeviceType'], ['EventType'], []],
      };
    }),
    ...[...amounts].map(([Currency, values]): Measurement => ({
      metrics: { PurchaseAmount: { unit: 'None', values } },
      dimensions: { Currency },
    })),
    ...[...loads].map(([DeviceType, values]): Measurement => ({
      metrics: { PageLoadTime: { unit: 'Milliseconds', values } },
      dimensions: { DeviceType },
      by: [['DeviceType'], []],
    })),
  ];
};

const push = (lists: Map<string, number[]>, name: string, value: number): void => {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
};
