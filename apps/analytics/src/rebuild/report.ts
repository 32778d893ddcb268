import type { Drift } from './counters.ts';
import type { RebuiltHour } from './rebuild.ts';

/** What all hours came to. */
export interface Sums {
  hours: number;
  events: number;
  drifted: number;
  repaired: number;
  /** Counters that drifted in hours that still get events. */
  open: number;
}

const widths = [22, 30, 26, 14, 14, 14] as const;

/** The headings of what `driftLines` gives. */
export const heading = (): string => line(['window', 'subject', 'counter', 'held', 'lake', 'difference']);

/** A line for each counter of an hour that drifted. */
export const driftLines = ({ drift }: RebuiltHour): string[] =>
  drift.map(({ window, subject, counter, held, lake }: Drift) =>
    line([window, subject, counter, String(held), String(lake), signed(lake - held)]),
  );

const signed = (difference: bigint): string => `${difference > 0n ? '+' : ''}${difference}`;

/** Names to the left, numbers to the right; what is too wide pushes the others along. */
const line = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at < 3 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number))).join(' ');

export const noSums = (): Sums => ({ hours: 0, events: 0, drifted: 0, repaired: 0, open: 0 });

/** Adds an hour to the sums. */
export const addTo = (sums: Sums, { events, drift, repaired, isOpen }: RebuiltHour): void => {
  sums.hours += 1;
  sums.events += events;
  sums.drifted += drift.length;
  sums.repaired += repaired;
  if (isOpen) sums.open += drift.length;
};

/** The verdict, in the last lines. */
export const verdict = ({ hours, events, drifted, repaired, open }: Sums, repairs: boolean): string[] => {
  const number = (value: number): string => value.toLocaleString('en-US');
  const things = (value: number, one: string): string => `${number(value)} ${value === 1 ? one : `${one}s`}`;
  const left = drifted - repaired - open;
  return [
    `${things(hours, 'hour')}, ${things(events, 'event')} in the lake, drift ${number(drifted)}`,
    ...(open > 0
      ? [
          `${number(open)} of these counters ${open === 1 ? 'is' : 'are'} of hours that still got events within the hour: look again in an hour`,
        ]
      : []),
    ...(repairs && repaired > 0 ? [`${things(repaired, 'counter')} repaired`] : []),
    ...(repairs && left > 0
      ? [`${things(left, 'counter')} changed meanwhile and ${left === 1 ? 'was' : 'were'} left alone: run it again`]
      : []),
  ];
};
