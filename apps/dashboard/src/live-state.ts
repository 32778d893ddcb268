import { counted, type RateWindow } from './rate-window.ts';
import type { ClicksFrame, EventsFrame, Filter, ShownEvent } from '@acme/live-frame';

/** Everything that the page shows of the events themselves. */
export interface LiveState {
  /** Since when everything that fits the filter is here, in ms UTC. */
  readonly sinceMs: number;
  readonly filter: Filter;
  readonly received: number;
  readonly invalid: number;
  readonly missed: number;
  /** From the stream to this page, of the last frame; undefined before the first. */
  readonly delayMs?: number;
  readonly window: RateWindow;
  /** Of the clickstream, by type. */
  readonly clicks: RateWindow;
  /** The newest first. */
  readonly recent: readonly ShownEvent[];
}

export const recentEvents = 50;

/** Nothing seen yet. */
export const nothing = (sinceMs: number, filter: Filter = {}): LiveState => ({
  sinceMs,
  filter,
  received: 0,
  invalid: 0,
  missed: 0,
  window: [],
  clicks: [],
  recent: [],
});

/** The state with a frame taken in. */
export const withFrame = (state: LiveState, frame: EventsFrame, nowMs: number): LiveState => ({
  ...state,
  received: state.received + frame.total,
  invalid: state.invalid + frame.invalid,
  missed: state.missed + frame.missed,
  // The two clocks are different machines' on AWS: they may disagree by a little.
  ...(frame.lastArrivalMs === null ? {} : { delayMs: Math.max(0, nowMs - frame.lastArrivalMs) }),
  window: counted(state.window, frame, nowMs),
  recent: [...frame.sample, ...state.recent].slice(0, recentEvents),
});

/** The state with a frame of the clickstream taken in. */
export const withClicks = (state: LiveState, { total, byType }: ClicksFrame, nowMs: number): LiveState => ({
  ...state,
  clicks: counted(state.clicks, { total, byType, byDevice: {} }, nowMs),
});

/** The state after the server took a filter: what another filter let pass is forgotten. */
export const withFilter = (state: LiveState, filter: Filter, nowMs: number): LiveState =>
  JSON.stringify(filter) === JSON.stringify(state.filter) ? state : nothing(nowMs, filter);
