import type { Family } from '@acme/telemetry-schema';
import type { Aside, Noted } from './lake.ts';
import type { Lines } from './lines.ts';
import type { Schedule } from './schedule.ts';
import type { StreamRecord } from './stream.ts';
import type { Totals } from './totals.ts';
import type { Told } from './viewer.ts';

/** What lies at one consumer's. */
export interface AtConsumer {
  readonly landed: readonly string[];
  readonly aside: readonly Aside[];
  /** The sums that it keeps, if it does. */
  readonly totals?: Totals | undefined;
}

/** What was handed over of one family, and what came of it before any consumer. */
export interface OnStream {
  readonly handedOver: Lines;
  /** What the generator's calls answered, summed; a call that was made again counts with its last answer. */
  readonly answered: { readonly generated: number; readonly accepted: number; readonly rejected: number };
  readonly records: readonly StreamRecord[];
}

/** What a run has left behind, for the promises to be held against. */
export interface Evidence {
  readonly schedule: Schedule;
  readonly streams: Readonly<Record<Family, OnStream>>;
  readonly byProducer: { readonly once: readonly Aside[]; readonly replayed: readonly Aside[] };
  /** By consumer: when everything had been handed over once and drained, and after all of it was handed over again. */
  readonly atConsumer: Readonly<
    Record<string, { readonly once: AtConsumer; readonly replayed: AtConsumer; readonly ledger: readonly Noted[] }>
  >;
  /** By consumer: where its saved checkpoints stood, by `source shard`, when the platform was killed. */
  readonly checkpoints: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What a viewer was told of who was connected all the time; only where nothing but the events was bad. */
  readonly told?: Told;
  /** What the event source mappings said, by consumer. */
  readonly said: Readonly<Record<string, readonly string[]>>;
}

/** A promise of docs/architecture.md that does not hold. */
export interface Violation {
  readonly promise: keyof typeof promises;
  /** Who broke it: `producer`, or a consumer's name. */
  readonly by: string;
  readonly what: string;
  readonly count: number;
  /** Some of what it is about. */
  readonly names: readonly string[];
}

export const promises = {
  1: 'conservation',
  2: 'effectively once',
  3: 'order per customer',
  4: 'the checkpoint comes last',
  5: 'poison is not transient',
  6: 'a replay is a no-op',
} as const;

/** Violations for what is off, if anything is. */
export const violation = (
  promise: Violation['promise'],
  by: string,
  what: string,
  off: readonly string[],
): Violation[] => (off.length === 0 ? [] : [{ promise, by, what, count: off.length, names: off.slice(0, 3) }]);

/** What is in one and not in the other. */
export const missing = (wanted: Iterable<string>, there: Iterable<string>): string[] => {
  const found = new Set(there);
  return [...new Set(wanted)].filter((name) => !found.has(name));
};

/** What is there more than once. */
export const repeated = (names: readonly string[]): string[] => {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const name of names) (seen.has(name) ? again : seen).add(name);
  return [...again];
};
