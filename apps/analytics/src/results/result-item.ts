import { attributesOf, type Item } from '../store/attributes.ts';
import type { Arrived } from '../sort-out.ts';
import { derivedOf } from './derived.ts';

/** How long results are kept, from their arrival on. */
export const resultDays = 30;

const daySeconds = 24 * 60 * 60;

/** As `toISOString` writes an instant of our time. */
const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** When it happened, always to the millisecond: the same instant spelled otherwise is the same key. */
export const instantOf = (timestamp: string): string =>
  written.test(timestamp) ? timestamp : new Date(timestamp).toISOString();

/** The item of `analytics-results` that holds an event and what is derived from it. */
export const resultItem = ({ event, arrivedAtMs }: Arrived, instant: string): Item =>
  attributesOf({
    eventId: event.eventId,
    timestamp: instant,
    eventType: event.eventType,
    userId: event.userId,
    sessionId: event.sessionId,
    deviceType: event.deviceType,
    region: event.region,
    metrics: derivedOf(event),
    arrivedAt: new Date(arrivedAtMs).toISOString(),
    expiresAt: Math.floor(arrivedAtMs / 1000) + resultDays * daySeconds,
  });
