import * as z from 'zod';
import { eventParser, lineParser } from './event-parser.ts';
import type { EventParser, LineParser } from './event-parser.ts';
import { accountId, count, id, instant } from './fields.ts';
import { deviceTypes, eventTypes } from './vocabulary.ts';

export { deviceTypes, eventTypes };

export type EventType = (typeof eventTypes)[number];

export const titleTypes = ['movie', 'series', 'documentary'] as const;
export type TitleType = (typeof titleTypes)[number];

export type DeviceType = (typeof deviceTypes)[number];

export const qualities = ['SD', 'HD', '4K'] as const;
export type Quality = (typeof qualities)[number];

/** The longest watch time one event may report: a day. */
export const maxWatchSeconds = 24 * 60 * 60;

/** Viewing telemetry: one step of one viewing session. Fields it does not know are allowed and dropped. */
export const ViewingEvent = z
  .object({
    event_id: id().describe('Unique event identifier; the same event sent again keeps it'),
    event_timestamp: instant().describe('When it happened, by the sender: ISO 8601 in UTC, ending in Z'),
    event_type: z.enum(eventTypes).describe('What the viewer did: start, pause, resume, stop or complete'),
    customer_id: accountId().describe('Customer who watched (customers.customer_id)'),
    title_id: id().describe('Title watched (titles.title_id)'),
    title_type: z.enum(titleTypes).describe('Kind of title: movie, series or documentary'),
    device_type: z.enum(deviceTypes).describe('Kind of device: mobile, web, tv or tablet'),
    quality: z.enum(qualities).describe('Stream quality: SD, HD or 4K'),
    watch_duration_seconds: count(0, maxWatchSeconds).describe(
      'Seconds watched since the session started, at most a day',
    ),
    completion_percentage: z.number().min(0).max(100).describe('Share of the title watched so far, 0 to 100'),
    session_id: id().optional().describe('Viewing session that the event belongs to; some senders leave it out'),
  })
  .describe('One step of one viewing session');
export type ViewingEvent = z.output<typeof ViewingEvent>;

/** A viewing event, or everything that is wrong with the value. Judges the time against the arrival, never against now. */
export const parseViewingEvent: EventParser<ViewingEvent> = eventParser(ViewingEvent, 'event_timestamp');

/** The same for a line of NDJSON, whose size is checked before it is parsed. */
export const parseViewingLine: LineParser<ViewingEvent> = lineParser(parseViewingEvent);
