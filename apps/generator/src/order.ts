import { type FaultDial, faultKinds, lanes, noFaults } from '@acme/synthetic';
import { families, type Family } from '@acme/telemetry-schema';
import * as z from 'zod';

/** Most events one run makes: what it can send well within its time-out. */
export const mostEvents = 100_000;

/** What to generate. Nothing given: a fresh range of viewing events, of the usual size. */
export const Order = z.object({
  /** Which events; viewing when missing. */
  family: z.enum(families).optional(),
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
  /** The first event of the range; every event of a seed has a number. */
  from: z
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER - mostEvents)
    .optional(),
  count: z.number().int().min(0).max(mostEvents).optional(),
  /** When the events end, ISO 8601; now when missing. */
  at: z.iso.datetime().optional(),
  /** The share of events that has each fault, 0 to 1; the synthetic library says what each is. */
  dial: z.partialRecord(z.enum(faultKinds), z.number().min(0).max(1)).optional(),
  /** The scheduler's own time of this run; a retried run has the same. */
  scheduledTime: z.iso.datetime().optional(),
});
export type Order = z.infer<typeof Order>;

export interface Range {
  readonly family: Family;
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly atMs: number;
  readonly dial: FaultDial;
}

/**
 * The range that an order means. A scheduled run derives it from its scheduled time, so that a retry makes the same
 * events again; an order without a start draws a fresh range.
 *
 * @param random a number from 0 up to, not including, 2 ** 32
 */
export const rangeOf = (
  order: Order,
  { seed, events }: { readonly seed: number; readonly events: Readonly<Record<Family, number>> },
  nowMs: number,
  random: () => number,
): Range => {
  const family = order.family ?? 'viewing';
  const count = order.count ?? events[family];
  const chosen = order.seed ?? seed;
  const dial = order.dial ?? noFaults;
  if (order.scheduledTime !== undefined && order.from === undefined) {
    const atMs = Date.parse(order.scheduledTime);
    return { family, seed: chosen, from: lanes.scheduled + Math.floor(atMs / 60_000) * mostEvents, count, atMs, dial };
  }
  const atMs = order.at === undefined ? nowMs : Date.parse(order.at);
  return { family, seed: chosen, from: order.from ?? lanes.fresh + random() * 2 ** 17, count, atMs, dial };
};
