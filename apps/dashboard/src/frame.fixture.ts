// For tests of what the page makes of the feed.
import type { EventsFrame, ShownEvent } from '@acme/live-frame';

/** A frame of one event, but for what the test is about. */
export const aFrame = (only: Partial<EventsFrame> = {}): EventsFrame => ({
  kind: 'events',
  total: 1,
  invalid: 0,
  missed: 0,
  byType: { start: 1 },
  byDevice: { tv: 1 },
  firstArrivalMs: Date.now(),
  lastArrivalMs: Date.now(),
  sample: [aShownEvent()],
  ...only,
});

/** An event as frames show it, but for what the test is about. */
export const aShownEvent = (only: Partial<ShownEvent> = {}): ShownEvent => ({
  event_id: 'event-1',
  event_timestamp: '2026-11-21T09:30:00.000Z',
  event_type: 'start',
  customer_id: 'customer-1',
  title_id: 'title-1',
  title_type: 'movie',
  device_type: 'tv',
  quality: 'HD',
  watch_duration_seconds: 0,
  completion_percentage: 0,
  ...only,
});
