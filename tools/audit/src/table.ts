import { bad, count, dim, good, strong } from '@acme/local/terminal/progress';
import type { Finding, Hour, Report } from './report.ts';

/** The report for people: what each hour came to, station by station, then what does not add up, by name. */
export const reportLines = (report: Report, took: string): string[] => {
  const { hours, findings, notes, isRight } = report;
  if (hours.length === 0 && findings.length === 0 && notes.length === 0)
    return [`nothing is on record in this window  ${dim(took)}`];
  const rows = hours.length > 1 ? [...hours, total(hours)] : hours;
  return [
    '',
    ...section('producer', rows, ({ producer }) => producer, {
      in: 'in',
      accepted: 'accepted',
      rejected: 'rejected',
      aside: 'put aside',
      failed: 'failed',
      interrupted: 'cut off',
    }),
    ...section('stream', rows, ({ stream }) => stream, {
      records: 'records',
      events: 'events',
      byOthers: 'by others',
    }),
    ...Object.keys(hours[0]?.sinks ?? {}).flatMap((sink) =>
      section(sink, rows, ({ sinks }) => sinks[sink] ?? {}, {
        in: 'in',
        good: 'good',
        bad: 'bad',
        aside: 'put aside',
        distinct: 'distinct',
        landed: 'landed',
        repeated: 'repeated',
      }),
    ),
    ...section('telemetry', rows, ({ telemetry }) => telemetry, {
      good: 'good',
      there: 'there',
      waiting: 'waiting',
      before: 'too early',
    }),
    ...waiting(rows.at(-1)),
    ...notes.flatMap((note) => named(strong('note'), note)),
    ...findings.flatMap((finding) => named(bad(strong('off')), finding)),
    isRight
      ? `${good(strong('adds up'))}  nothing lost: every event is where its service says  ${dim(took)}`
      : `${bad(strong('does not add up'))}  ${dim(took)}`,
  ];
};

const named = (mark: string, { where, what, count: weight, names }: Finding): string[] => [
  `${mark}  ${where}: ${count(weight)} ${what}`,
  ...names.map((name) => `     ${name}`),
  ...(weight > names.length ? [dim(`     … ${count(weight)} in all`)] : []),
];

/** One station: a line per hour, its columns as wide as the widest number can be read. */
const section = (
  name: string,
  hours: readonly Hour[],
  sumsOf: (hour: Hour) => Readonly<Record<string, number>> | object,
  columns: Readonly<Record<string, string>>,
): string[] => {
  const cells = (texts: readonly string[]): string => texts.map((text) => text.padStart(12)).join(' ');
  return [
    `${strong(name.padEnd(13))} ${dim(cells(Object.values(columns)))}`,
    ...hours.map((hour) => {
      const sums = sumsOf(hour) as Readonly<Record<string, number>>;
      return `${hour.hour.padEnd(13)} ${cells(Object.keys(columns).map((column) => count(sums[column] ?? 0)))}`;
    }),
    '',
  ];
};

/** What is not in the curated table yet is not lost. */
const waiting = (all: Hour | undefined): string[] => {
  const events = all?.telemetry.waiting ?? 0;
  return events === 0 ? [] : [dim(`${count(events)} events wait for compaction; streaming_events has them`)];
};

const total = (hours: readonly Hour[]): Hour => ({
  hour: 'all',
  producer: sum(hours.map(({ producer }) => producer)),
  stream: sum(hours.map(({ stream }) => stream)),
  sinks: Object.fromEntries(
    Object.keys(hours[0]?.sinks ?? {}).map((sink) => [
      sink,
      sum(hours.flatMap(({ sinks }) => (sinks[sink] ? [sinks[sink]] : []))),
    ]),
  ),
  telemetry: sum(hours.map(({ telemetry }) => telemetry)),
});

const sum = <Sums extends object>(all: readonly Sums[]): Sums =>
  Object.fromEntries(
    Object.keys(all[0] ?? {}).map((key) => [
      key,
      all.reduce((so, sums) => so + (sums[key as keyof Sums] as number), 0),
    ]),
  ) as Sums;
