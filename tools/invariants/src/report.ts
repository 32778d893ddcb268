import type { Consumer } from './consumers.ts';
import { consumerViolations } from './consumer-promises.ts';
import { type Evidence, promises, type Violation } from './evidence.ts';
import { producerViolations } from './producer-promises.ts';
import type { Schedule } from './schedule.ts';

/** Every promise that a run has not kept: the producer's, and of these consumers. */
export const violationsOf = (evidence: Evidence, consumers: readonly Consumer[]): Violation[] => [
  ...producerViolations(evidence),
  ...consumers.flatMap((consumer) => consumerViolations(evidence, consumer)),
];

/** Violations for people, and the command that has them again. */
export const reportOf = ({ seed }: Schedule, violations: readonly Violation[]): string =>
  [
    ...violations.map(
      ({ promise, by, what, count, names }) =>
        `promise ${promise}, ${promises[promise]}: ${by}: ${count} ${what}: ${names.join(', ')}${count > names.length ? ', …' : ''}`,
    ),
    `again: ${commandOf(seed)}`,
  ].join('\n');

/** What does the run of a seed again. */
export const commandOf = (seed: number): string =>
  `node tools/node/run.mjs tools/invariants/src/main.ts --seed ${seed}`;
