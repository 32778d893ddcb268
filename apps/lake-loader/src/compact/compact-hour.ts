import { hourMs, startOf } from '@acme/lake-layout';
import { listFiles, type Manifest, replaceFiles } from '../manifest/index.ts';
import type { Lake } from './lake.ts';
import type { RawHour } from './raw-hour.ts';
import { daysOf, mostDates } from './statements.ts';
import { type WrittenFile, writeNew } from './write-new.ts';

export interface Compacted {
  /** Raw events that happened before the table's first day, and so are not in it; copies included. */
  readonly before: number;
  /** Rows that are no events: without an id or a time. Nobody takes them. */
  readonly foreign: number;
  /** Days that got new files. */
  readonly dates: readonly string[];
  readonly files: number;
  /** Of these files. */
  readonly bytes: number;
}

/** So many times the days are done again in which another writer was quicker. */
const mostRounds = 5;

/**
 * Brings one hour of raw events into `telemetry`: the events that the table lacks are written beside it, and a day's
 * manifest takes the new files only if it still is as it was before they were chosen. So an event is never there twice,
 * whoever else compacts or seeds, and a run that is cut off anywhere has changed whole days or nothing.
 *
 * @param today the UTC day: what an earlier run of the day has written is found again and used, never anything older
 * @throws QueryFailedError, OutOfTimeError, BusyTableError; days that are done stay done
 */
export const compactHour = async (lake: Lake, raw: RawHour, today: string): Promise<Compacted> => {
  const likely = likelyDays(raw.hour).filter((date) => date >= lake.firstDay);
  const first = likely.length > 0 ? await compactDays(lake, raw, likely, { today, findsOthers: true }) : undefined;
  const { others, foreign } =
    first?.hasOthers === false ? { others: [], foreign: 0 } : await eventDays(lake, raw.hour, likely);
  const dates = others.flatMap(({ date }) => (date < lake.firstDay ? [] : date));
  const second = dates.length > 0 ? await compactDays(lake, raw, dates, { today, findsOthers: false }) : undefined;
  const added = new Map([...(first?.added ?? []), ...(second?.added ?? [])]);
  const files = [...added.values()].flat();
  return {
    before: sum(others.flatMap(({ date, events }) => (date < lake.firstDay ? events : []))),
    foreign,
    dates: [...added.keys()].sort(),
    files: files.length,
    bytes: sum(files.map(({ bytes }) => bytes)),
  };
};

/** So many hours after midnight the day before is a likely one. */
const afterMidnightHours = 6;

/**
 * The days on which the events of an hour of arrival will mostly have happened. They are written at once, without
 * asking first which days there are: that would read all of the hour's raw events a second time.
 */
const likelyDays = (hour: string): string[] => {
  const before = new Date(startOf(hour) - afterMidnightHours * hourMs).toISOString().slice(0, 10);
  return [...new Set([before, hour.slice(0, 10)])];
};

/**
 * Writes what some days lack of an hour and puts it into their manifests, again for those that others change meanwhile.
 *
 * @param how.findsOthers whether to find out if there are events of other days; only for days that one query writes
 * @returns the files of each day that got some, and whether there are events of other days
 */
const compactDays = async (
  lake: Lake,
  raw: RawHour,
  days: readonly string[],
  { today, findsOthers }: { readonly today: string; readonly findsOthers: boolean },
): Promise<{ added: Map<string, readonly WrittenFile[]>; hasOthers: boolean }> => {
  const added = new Map<string, readonly WrittenFile[]>();
  let hasOthers = false;
  let dates = days;
  for (let round = 0; dates.length > 0; round += 1) {
    if (round === mostRounds) throw new BusyTableError(raw.hour);
    const changed: string[] = [];
    for (let first = 0; first < dates.length; first += mostDates) {
      const part = dates.slice(first, first + mostDates);
      const manifests = await manifestsOf(lake, part);
      const written = await writeNew(lake, raw, { manifests, findsOthers: findsOthers && round === 0 }, today);
      hasOthers ||= written.hasOthers;
      for (const [date, files] of written.days) {
        const before = manifests.get(date) ?? { files: [] };
        if (await addFiles(lake, date, before, files)) added.set(date, files);
        else changed.push(date);
      }
    }
    dates = changed;
  }
  return { added, hasOthers };
};

const table = 'telemetry';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The days on which an hour's events happened, except some, with how many events each has; and rows of no day. */
const eventDays = async (
  { athena }: Lake,
  hour: string,
  except: readonly string[],
): Promise<{ others: { date: string; events: number }[]; foreign: number }> => {
  const days = await athena.rows(daysOf(hour, except));
  return {
    others: days.flatMap(([date, events]) => (date === undefined ? [] : [{ date, events: Number(events) }])),
    foreign: sum(days.flatMap(([date, events]) => (date === undefined ? Number(events) : []))),
  };
};

const manifestsOf = async ({ s3, bucket }: Lake, dates: readonly string[]): Promise<Map<string, Manifest>> =>
  new Map(await Promise.all(dates.map(async (date) => [date, await listFiles({ s3, bucket, table, date })] as const)));

/** Whether the files are in the day's manifest: added now, or at a try whose answer was lost. */
const addFiles = async (
  { s3, bucket }: Lake,
  date: string,
  { files, etag }: Manifest,
  written: readonly WrittenFile[],
): Promise<boolean> => {
  const day = { s3, bucket, table, date };
  const more = written.map(({ url }) => url);
  if (await replaceFiles(day, [...files, ...more], etag)) return true;
  const now = new Set((await listFiles(day)).files);
  return more.every((url) => now.has(url));
};

/** Other writers kept changing the same days. */
export class BusyTableError extends Error {
  override readonly name = 'BusyTableError';

  constructor(hour: string) {
    super(`other writers kept changing the days of the events that arrived in ${hour}; the next run takes them`);
  }
}
