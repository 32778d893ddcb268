import type { DialName } from '@acme/synthetic';
import * as z from 'zod';
import { FaultKinds } from './faults/kinds.ts';
import { CommonOptions, wholeNumber } from './options.ts';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

export const duration = z
  .string()
  .regex(/^\d{1,6}[smh]$/)
  .transform((text) => Number(text.slice(0, -1)) * unitMs[text.at(-1) as keyof typeof unitMs])
  .refine((ms) => ms > 0)
  .meta({ description: 'a duration such as 60s, 10m or 2h' });

/** What may be wrong with the events. */
export const dialName = z
  .enum(['none', 'some', 'hostile'] satisfies DialName[])
  .meta({ description: 'none, some or hostile' });

/** What `npm start` takes after `--`. */
export const StartOptions = CommonOptions.extend({
  /** Events per second that the platform has the generator make; 0 leaves it to the schedule. */
  rate: wholeNumber(0, 100_000).default(50),
  /** Clickstream events per second besides. @default a tenth of the rate */
  clickstreamRate: wholeNumber(0, 100_000).optional(),
  seed: wholeNumber(0, 0xffff_ffff).default(1),
  /** Stops by itself after this many ms, drains, and checks that everything adds up. */
  for: duration.optional(),
  /** How often the status is printed where there is no terminal. */
  statusEvery: duration.default(10_000),
  /**
   * `some`: a tenth of the events have a fault; `hostile`: and others are lines that readers of JSON disagree about. The
   * sums are held against that.
   */
  dial: dialName.default('none'),
  /** The fault switches that are on. @default none */
  faults: FaultKinds.optional(),
  /** The same seed and the same calls give the same faults. @default a random one, which is printed */
  faultSeed: wholeNumber(0, 0xffff_ffff).optional(),
  /** Whether what the templates schedule runs: events every few minutes, compaction every hour. */
  schedules: z.enum(['on', 'off']).default('on').meta({ description: 'on or off' }),
  /** What carries the events; everything above it is the same. */
  transport: z.enum(['kinesis', 'kafka']).default('kinesis').meta({ description: 'kinesis or kafka' }),
  /** Kafka brokers that run already. @default one is started */
  brokers: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}(,[\w.-]+:\d{1,5})*$/)
    .optional()
    .meta({ description: 'host:port, or several with commas between' }),
});
export type StartOptions = z.output<typeof StartOptions>;
