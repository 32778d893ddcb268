import type { DeviceType, SubscriptionTier } from '@acme/telemetry-schema';
import { adEvents, adTier } from '../universe/advertisements.ts';
import type { Universe } from '../universe/universe.ts';
import { devices, eventTypes, genres, tiers } from '../universe/vocabulary.ts';
import { viewingColumns } from './columns.ts';
import type { ViewingRange } from './events.ts';
import { named } from './tally.ts';

/** What the queries over a lake must answer that holds the events of one range, each once, and their universe. */
export interface LakeAnswers {
  /** The rows of each table. */
  readonly rows: Readonly<Record<'customers' | 'titles' | 'telemetry' | 'campaigns', number>>;
  /** By genre, `SUM(watch_duration_seconds) / 3600` of whole numbers: whole hours. Genres without events are missing. */
  readonly hoursByGenre: Readonly<Record<string, number>>;
  /** Customers whose subscription is active. Tiers without one are missing. */
  readonly activeByTier: Readonly<Partial<Record<SubscriptionTier, number>>>;
  /** Devices without an event are missing. */
  readonly eventsByDevice: Readonly<Partial<Record<DeviceType, number>>>;
  /** Days with events, in their order, UTC. */
  readonly days: readonly DayAnswers[];
}

export interface DayAnswers {
  readonly date: string;
  readonly events: number;
  /** Whole hours, as by genre. */
  readonly hours: number;
  /** Those of the free tier that the campaigns share. */
  readonly advertisements: number;
}

const dayMs = 86_400_000;
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const wholeHours = (seconds: number): number => Math.floor(seconds / 3600);
const adTypes = eventTypes.map((type) => adEvents.includes(type));

/**
 * The answers, from the numbers that the events are made of: neither Parquet nor SQL has a part in them.
 *
 * @throws RangeError when the range or the clock's answer is out of bounds
 */
export const lakeAnswers = (universe: Universe, range: ViewingRange): LakeAnswers => {
  const { customers, titles, sizes } = universe;
  const secondsByGenre = new Float64Array(genres.length);
  const eventsByGenre = new Float64Array(genres.length);
  const eventsByDevice = new Float64Array(devices.length);
  const days = new Map<number, { events: number; seconds: number; advertisements: number }>();
  for (const columns of viewingColumns(universe, range)) {
    for (let row = 0; row < columns.count; row++) {
      const seconds = columns.watchedSeconds[row]!;
      const genre = titles.genre[columns.title[row]!]!;
      secondsByGenre[genre]! += seconds;
      eventsByGenre[genre]! += 1;
      eventsByDevice[columns.device[row]!]! += 1;
      const number = Math.floor(columns.atMs[row]! / dayMs);
      let day = days.get(number);
      if (!day) days.set(number, (day = { events: 0, seconds: 0, advertisements: 0 }));
      day.events += 1;
      day.seconds += seconds;
      if (adTypes[columns.type[row]!] && tiers[customers.tier[columns.customer[row]!]!] === adTier) {
        day.advertisements += 1;
      }
    }
  }
  const active = new Float64Array(tiers.length);
  for (const customer of customers.watchers) active[customers.tier[customer]!]! += 1;
  return {
    rows: { customers: sizes.customers, titles: sizes.titles, telemetry: range.count, campaigns: sizes.campaigns },
    hoursByGenre: named(
      genres.filter((_, genre) => eventsByGenre[genre]! > 0),
      secondsByGenre.filter((_, genre) => eventsByGenre[genre]! > 0).map(wholeHours),
    ),
    activeByTier: above0(named(tiers, active)),
    eventsByDevice: above0(named(devices, eventsByDevice)),
    days: [...days]
      .sort(([one], [other]) => one - other)
      .map(([day, { events, seconds, advertisements }]) => ({
        date: dateOf(day),
        events,
        hours: wholeHours(seconds),
        advertisements,
      })),
  };
};

const above0 = <Name extends string>(counts: Record<Name, number>): Partial<Record<Name, number>> =>
  Object.fromEntries(Object.entries<number>(counts).filter(([, count]) => count > 0)) as Partial<Record<Name, number>>;
