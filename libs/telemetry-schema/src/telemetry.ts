import * as z from 'zod';
import { ViewingEvent } from './viewing-event.ts';

const event = ViewingEvent.shape;

/** A row of `telemetry`, the curated table: each viewing event exactly once, in the partition of its own day. */
export const TelemetryRow = z
  .object({
    event_id: event.event_id,
    customer_id: event.customer_id,
    title_id: event.title_id,
    event_type: event.event_type,
    watch_duration_seconds: event.watch_duration_seconds,
    device_type: event.device_type,
    quality: event.quality,
    event_timestamp: event.event_timestamp,
    title_type: event.title_type,
    completion_percentage: event.completion_percentage,
    session_id: event.session_id,
  })
  .describe('Viewing events, each exactly once, by the day they happened');
export type TelemetryRow = z.output<typeof TelemetryRow>;
