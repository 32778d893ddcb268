import * as z from 'zod';
import { hourMs } from '@acme/lake-layout';

const time = () => z.iso.datetime({ error: 'must be a time in UTC, such as 2026-11-21T09:00:00Z' });

/** What to compact. Nothing given: everything that has landed so far, the hour that is still filling included. */
export const Order = z
  .object({
    /** The scheduler's own time of this run: hours that were over by then. */
    scheduledTime: time().optional(),
    /** Do the hours from here on again, ISO 8601, whether or not they are compacted. */
    from: time().optional(),
    /** Where the hours to do again end; the hour that begins here is not one of them. @default now */
    to: time().optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    error: 'from must lie before to',
    path: ['from'],
  })
  .refine(({ from, to }) => to === undefined || from !== undefined, { error: 'to needs a from', path: ['to'] });
export type Order = z.infer<typeof Order>;

/** The hours of arrival that an order means, by their beginnings (ms UTC); the end is not one of them. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  /** Whether hours that are on record as compacted are done again. */
  readonly again: boolean;
}

/** @param nowMs ms UTC */
export const spanOf = ({ scheduledTime, from, to }: Order, nowMs: number): Span => {
  if (from !== undefined) {
    const toMs = to === undefined ? nowMs : Date.parse(to);
    return { fromMs: wholeHour(Date.parse(from)), toMs, again: true };
  }
  const toMs = scheduledTime === undefined ? nowMs : wholeHour(Date.parse(scheduledTime));
  return { fromMs: 0, toMs, again: false };
};

const wholeHour = (ms: number): number => Math.floor(ms / hourMs) * hourMs;
