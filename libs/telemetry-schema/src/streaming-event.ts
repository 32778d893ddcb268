import * as z from 'zod';
import { ViewingEvent } from './viewing-event.ts';

/**
 * A row of `streaming_events`, the raw zone: viewing events as they landed, at least once, by the hour of arrival. Its
 * columns are the event's fields: one that joins the event joins the table, as its last column.
 */
export const StreamingEvent = z
  .object({ ...ViewingEvent.shape })
  .describe('Viewing events as they landed, at least once each, by the hour they arrived');
export type StreamingEvent = z.output<typeof StreamingEvent>;
