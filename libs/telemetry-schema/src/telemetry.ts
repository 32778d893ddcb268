import * as z from 'zod';
import { ViewingEvent } from './viewing-event.ts';

// In the order that the table's columns have always had; further fields of the event follow.
const {
  event_id,
  customer_id,
  title_id,
  event_type,
  watch_duration_seconds,
  device_type,
  quality,
  event_timestamp,
  title_type,
  completion_percentage,
  ...others
} = ViewingEvent.shape;

/** A row of `telemetry`, the curated table: each viewing event exactly once, in the partition of its own day. */
export const TelemetryRow = z
  .object({
    event_id,
    customer_id,
    title_id,
    event_type,
    watch_duration_seconds,
    device_type,
    quality,
    event_timestamp,
    title_type,
    completion_percentage,
    ...others,
  })
  .describe('Viewing events, each exactly once, by the day they happened');
export type TelemetryRow = z.output<typeof TelemetryRow>;
