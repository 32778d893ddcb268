import * as z from 'zod';

/**
 * The faults that can be switched on, each with how often it strikes: a share of the calls that it is asked about. With
 * all of them on, a run of a few thousand events per second still makes progress.
 */
export const faultRates = {
  'partial-put': 0.1,
  throttle: 0.02,
  'expired-iterator': 0.1,
  'duplicate-delivery': 0.05,
  'kill-before': 0.02,
  'kill-during': 0.02,
  'kill-after': 0.02,
  'function-timeout': 0.01,
  'firehose-error': 0.1,
  'firehose-partial': 0.1,
  's3-error': 0.05,
  'dynamodb-error': 0.05,
  'connections-error': 0.05,
  gone: 0.005,
  'quarantine-error': 0.1,
} as const;

export type FaultKind = keyof typeof faultRates;

export const faultKinds = Object.keys(faultRates) as readonly FaultKind[];

const isKind = (name: string): name is FaultKind => Object.hasOwn(faultRates, name);

/** `--faults`: `all`, or kinds with commas between them. */
export const FaultKinds = z
  .string()
  .transform((names) => (names === 'all' ? faultKinds : names.split(',')))
  .refine((names): names is FaultKind[] => names.every(isKind))
  .meta({ takes: `all, or some of ${faultKinds.join(', ')} with commas between them` });
