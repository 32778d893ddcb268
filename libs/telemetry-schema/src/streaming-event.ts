import * as z from 'zod';
import { ViewingEvent } from './viewing-event.ts';

const event = ViewingEvent.shape;

/** A row of `streaming_events`, the raw zone: viewing events as they landed, at least once, by the hour of arrival. */
export const StreamingEvent = z
  .object({
    event_id: event.event_id,
    event_timestamp: event.event_timestamp,
    event_type: event.event_type,
    customer_id: event.customer_id,
    title_id: event.title_id,
    title_type: event.title_type,
    device_type: event.device_type,
    quality: event.quality,
    watch_duration_seconds: event.watch_duration_seconds,
    completion_percentage: event.completion_percentage,
    session_id: event.session_id,
  })
  .describe('Viewing events as they landed, at least once each, by the hour they arrived');
export type StreamingEvent = z.output<typeof StreamingEvent>;
