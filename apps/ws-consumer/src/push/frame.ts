import type { EventsFrame } from '@acme/live-frame';
import type { ViewingEvent } from '@acme/telemetry-schema';
import { type Filter, matches } from '../filter.ts';
import type { LiveEvent } from './live-event.ts';

/** API Gateway takes frames of 32 KB (WebSocket quotas page); counts and punctuation need under 2 KB of it. */
const sampleBytes = 30 * 1024;
const sampleEvents = 20;

/** The frame of a batch for a filter, or undefined when there is nothing to tell. */
export const frameOf = (events: readonly LiveEvent[], invalid: number, filter: Filter): EventsFrame | undefined => {
  const wanted = Object.keys(filter).length === 0 ? events : events.filter((event) => matches(filter, event));
  if (wanted.length === 0 && invalid === 0) return undefined;
  const byType: Record<string, number> = {};
  const byDevice: Record<string, number> = {};
  for (const { eventType, deviceType } of wanted) {
    byType[eventType] = (byType[eventType] ?? 0) + 1;
    byDevice[deviceType] = (byDevice[deviceType] ?? 0) + 1;
  }
  return {
    kind: 'events',
    total: wanted.length,
    invalid,
    missed: 0,
    byType,
    byDevice,
    // They come in the order of their arrival.
    firstArrivalMs: wanted[0]?.arrivedAtMs ?? null,
    lastArrivalMs: wanted.at(-1)?.arrivedAtMs ?? null,
    sample: newest(wanted),
  };
};

const newest = (events: readonly LiveEvent[]): ViewingEvent[] => {
  const sample: ViewingEvent[] = [];
  let bytes = 0;
  for (const { event } of events.slice(-sampleEvents).reverse()) {
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
    if (bytes > sampleBytes) break;
    sample.push(event);
  }
  return sample;
};
