/** An event as a frame shows it: the fields of viewing telemetry that a page prints. */
export interface ShownEvent {
  readonly event_id: string;
  readonly event_timestamp: string;
  readonly event_type: string;
  readonly customer_id: string;
  readonly title_id: string;
  readonly title_type: string;
  readonly device_type: string;
  readonly quality: string;
  readonly watch_duration_seconds: number;
  readonly completion_percentage: number;
}

/** What one connection is sent of one batch of viewing telemetry: all of it counted, the newest events shown. */
export interface EventsFrame {
  readonly kind: 'events';
  readonly total: number;
  /** Events of the batch that are not valid; filters do not apply to them. */
  readonly invalid: number;
  /** Events that this connection should have got before, but whose frames could not be delivered. */
  readonly missed: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byDevice: Readonly<Record<string, number>>;
  /** When the first and the last of them reached the stream, in ms UTC; null when there are none. */
  readonly firstArrivalMs: number | null;
  readonly lastArrivalMs: number | null;
  /** Some of the events, the newest first. */
  readonly sample: readonly ShownEvent[];
}

/** The same of one batch of the clickstream: counts, and no events. */
export interface ClicksFrame {
  readonly kind: 'clicks';
  readonly total: number;
  readonly invalid: number;
  readonly missed: number;
  readonly byType: Readonly<Record<string, number>>;
}

/** What a connection wants to see. A field that is left out lets everything pass. */
export interface Filter {
  readonly family?: 'viewing' | 'clickstream' | undefined;
  readonly event_type?: readonly string[] | undefined;
  readonly device_type?: readonly string[] | undefined;
}

/** What a client sends to choose. */
export interface Subscribe {
  readonly action: 'subscribe';
  readonly filter: Filter;
}

/** Whatever a client is sent. */
export type Message =
  | EventsFrame
  | ClicksFrame
  | { readonly kind: 'subscribed'; readonly filter: Filter }
  | { readonly kind: 'error'; readonly reason: string };

/** A message of the WebSocket API; what is not one of its own (a throttle, a fault) becomes an error. */
export const readMessage = (text: string): Message => {
  const message = parsed(text);
  switch (message?.['kind']) {
    case 'events':
      if (isFrame(message)) return message;
      break;
    case 'clicks':
      if (isClicks(message)) return message;
      break;
    case 'subscribed':
      return { kind: 'subscribed', filter: (message['filter'] ?? {}) as Filter };
    case 'error':
      return { kind: 'error', reason: String(message['reason']) };
  }
  const reason = message?.['message'];
  return { kind: 'error', reason: typeof reason === 'string' ? reason : 'the server sent something unknown' };
};

const parsed = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // not JSON: not ours
  }
};

const isClicks = (message: object): message is ClicksFrame => {
  const { total, byType } = message as Partial<ClicksFrame>;
  return typeof total === 'number' && typeof byType === 'object' && byType !== null;
};

const isFrame = (message: object): message is EventsFrame => {
  const frame = message as Partial<EventsFrame>;
  return (
    typeof frame.total === 'number' &&
    typeof frame.invalid === 'number' &&
    typeof frame.missed === 'number' &&
    typeof frame.byType === 'object' &&
    typeof frame.byDevice === 'object' &&
    Array.isArray(frame.sample)
  );
};
