/**
 * Each counter is kept in so many pieces, and a reader adds them up: transactions that touch one item at a time refuse
 * each other (docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html), and one partition key
 * takes 1,000 write units a second.
 */
export const writeShards = 16;

/** The partition key of a window's counters in one of the pieces: `minute#2026-11-21T09:30#07`. */
export const windowKey = (window: string, writeShard: number): string =>
  `${window}#${String(writeShard).padStart(2, '0')}`;

/** The sort key of what counts for everything in a window. */
export const everything = 'all';

/** The sort key of a page in a window. */
export const pageKey = (page: string): string => `page#${page}`;

/** The page that a sort key is about. */
export const pageOfKey = (subject: string): string => subject.slice('page#'.length);

/**
 * The name of a page's counter of one minute. A page has one item an hour, for the hour and its minutes: most pages have
 * few events in it, and a transaction takes few items.
 */
export const ofMinute = (minute: string, counter: string): string => `${minute}|${counter}`;

/** The minute and the counter of such a name; undefined for a counter of the whole hour. */
export const minuteAndCounter = (name: string): readonly [minute: string, counter: string] | undefined =>
  name[2] === '|' ? [name.slice(0, 2), name.slice(3)] : undefined;

/** The names of counters. */
export const counterOf = {
  type: (type: string): string => `type#${type}`,
  device: (device: string): string => `device#${device}`,
  /** How many purchases. */
  purchases: (currency: string): string => `purchases#${currency}`,
  /** Their amounts, in minor units. */
  revenue: (currency: string): string => `revenue#${currency}`,
  events: 'events',
  /** Page views that say how long they took, and the sum of that in whole ms. */
  loads: 'loads',
  loadTimeMs: 'loadTimeMs',
} as const;

/** Under it events count that name no device. */
export const noDevice = 'unknown';
