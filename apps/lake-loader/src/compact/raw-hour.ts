/** The raw events of one hour of arrival, as they lie in the lake. */
export interface RawHour {
  /** `2026-11-21T09`, UTC. */
  readonly hour: string;
  /** Names of its objects within the hour's folder, in byte order. */
  readonly objects: string[];
  readonly bytes: number;
}

export const hourMs = 3_600_000;

/** Under it Firehose writes. */
export const rawPrefix = 'telemetry/';

/** When an hour begins, ms UTC. */
export const startOf = (hour: string): number => Date.parse(`${hour}:00:00Z`);

/** The partition keys of an hour of arrival. */
export const partitionOf = (hour: string): Readonly<Record<'year' | 'month' | 'day' | 'hour', string>> => ({
  year: hour.slice(0, 4),
  month: hour.slice(5, 7),
  day: hour.slice(8, 10),
  hour: hour.slice(11, 13),
});

/** Where the objects of an hour or of a whole day (`2026-11-21`) lie. */
export const rawFolder = (time: string): string => {
  const { year, month, day, hour } = partitionOf(time);
  return `${rawPrefix}year=${year}/month=${month}/day=${day}/${hour === '' ? '' : `hour=${hour}/`}`;
};
