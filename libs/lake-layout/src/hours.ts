/** An hour, UTC: `2026-11-21T09`. */
export type Hour = string;

export const hourMs = 3_600_000;

/** The hour that a moment lies in; the moment in milliseconds since 1970. */
export const hourAt = (ms: number): Hour => new Date(ms).toISOString().slice(0, 'yyyy-mm-ddThh'.length);

/** When an hour begins, in milliseconds since 1970. */
export const startOf = (hour: Hour): number => Date.parse(`${hour}:00:00Z`);

/** The partition keys of the tables whose rows lie by the hour, and their values. */
export const partitionOf = (hour: Hour): Readonly<Record<'year' | 'month' | 'day' | 'hour', string>> => ({
  year: hour.slice(0, 4),
  month: hour.slice(5, 7),
  day: hour.slice(8, 10),
  hour: hour.slice(11, 13),
});

/** The folder of a day in such a table. @param date `2026-11-21` */
export const dayFolder = (date: string): string => {
  const { year, month, day } = partitionOf(date);
  return `year=${year}/month=${month}/day=${day}/`;
};

/** The folder of an hour in such a table: `year=2026/month=11/day=21/hour=09/`. */
export const hourFolder = (hour: Hour): string => hourFolderOf(partitionOf(hour));

/** The same of any values: of the placeholders that Firehose and Glue fill in. */
export const hourFolderOf = ({ year, month, day, hour }: ReturnType<typeof partitionOf>): string =>
  `year=${year}/month=${month}/day=${day}/hour=${hour}/`;

/** The hour of the folder that an object lies in, by its key or the path of its file; none for what lies in no such folder. */
export const hourIn = (key: string): Hour | undefined => {
  const [, year, month, day, hour] =
    /(?:^|[\\/])year=(\d{4})[\\/]month=(\d\d)[\\/]day=(\d\d)[\\/]hour=(\d\d)[\\/]/.exec(key) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}T${hour}`;
};
