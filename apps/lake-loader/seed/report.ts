import { count, dim } from '@acme/command-kit';
import type { SeedReport } from './seed.ts';

/** What seeding did, as a table, and what is worth knowing of the data before the first query. */
export const reportLines = ({ tables, telemetry, days }: SeedReport): string[] => {
  const cells = tables.map(({ table, rows, objects, written, bytes, ms }) => [
    table,
    count(rows),
    count(objects),
    count(written),
    mebibytes(bytes),
    `${(ms / 1000).toFixed(1)} s`,
  ]);
  const lines = [['table', 'rows', 'objects', 'written now', 'MiB', 'time'], ...cells];
  const widths = (lines[0] as string[]).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const aligned = lines.map((line) =>
    line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
    ),
  );
  const busiest = days.reduce((most, day) => (day.rows > most.rows ? day : most));
  return [
    ...aligned.map((line, index) => (index === 0 ? dim(line.join('  ')) : line.join('  '))),
    `${count(Math.floor(telemetry.watchedSeconds / 3600))} hours watched on ${days.length} days, most on ${busiest.date}` +
      ` (${count(busiest.rows)} events); ${count(telemetry.advertisements)} advertisements shown, the impressions of all campaigns`,
  ];
};

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(2);
