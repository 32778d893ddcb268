import type { Consumer } from './consumers.ts';
import { consumerViolations } from './consumer-promises.ts';
import { type Evidence, promises, type Violation } from './evidence.ts';
import { producerViolations } from './producer-promises.ts';
import type { Schedule } from './schedule.ts';
import type { Transport } from '@acme/local/platform/keep-transport';

/** Every promise that a run has not kept: the producer's, and of these consumers. */
export const violationsOf = (evidence: Evidence, consumers: readonly Consumer[]): Violation[] => [
  ...producerViolations(evidence),
  ...consumers.flatMap((consumer) => consumerViolations(evidence, consumer)),
];

/** What was held against the promises, beside the seed. */
export interface Held {
  readonly transport: Transport;
  /** @default every consumer */
  readonly consumer?: string | undefined;
}

/** Violations for people, and the command that has them again. */
export const reportOf = ({ seed }: Schedule, held: Held, violations: readonly Violation[]): string =>
  [
    ...violations.map(
      ({ promise, by, what, count, names }) =>
        `promise ${promise}, ${promises[promise]}: ${by}: ${count} ${what}: ${names.join(', ')}${count > names.length ? ', …' : ''}`,
    ),
    `again: ${commandOf(seed, held)}`,
  ].join('\n');

/** What does the run of a seed again. */
export const commandOf = (seed: number, { transport, consumer }: Held): string =>
  [
    `node tools/node/run.mjs tools/invariants/src/main.ts --seed ${seed}`,
    ...(transport === 'kinesis' ? [] : [`--transport ${transport}`]),
    ...(consumer === undefined ? [] : [`--consumer ${consumer}`]),
  ].join(' ');
