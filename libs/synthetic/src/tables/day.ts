import type { Random } from '../random.ts';

const dayMs = 86_400_000;

/** A day from the first to the last, both included, such as `2024-02-29`. */
export const dayOf = (random: Random, first: string, last: string): string =>
  daysAfter(first, random.between(0, (Date.parse(last) - Date.parse(first)) / dayMs));

export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
