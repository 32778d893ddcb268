import { CommonOptions, wholeNumber } from '@acme/local/options';
import { dialName, duration } from '@acme/local/start-options';
import * as z from 'zod';

const millions = z
  .string()
  .regex(/^\d{1,9}[kM]?$/)
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith('M') ? 1_000_000 : text.endsWith('k') ? 1_000 : 1))
  .meta({ description: 'a number of events such as 500k or 10M' });

/** What `npm run soak` takes after `--`. It ends with whichever of `for` and `events` comes first. */
export const SoakOptions = CommonOptions.extend({
  for: duration.optional(),
  events: millions.optional(),
  /** Events per second asked for. */
  rate: wholeNumber(1, 100_000).default(5_000),
  /** Of the clickstream, events per second. @default a tenth of the rate */
  clickstreamRate: wholeNumber(0, 100_000).optional(),
  seed: wholeNumber(0, 0xffff_ffff).default(1),
  /** As `npm start` takes them. */
  faults: z.string().min(1).optional(),
  dial: dialName.default('some'),
  faultSeed: wholeNumber(0, 0xffff_ffff).optional(),
  /** The whole platform or one engine is killed with SIGKILL about so often; never when missing. */
  kill: duration.optional(),
  transport: z.enum(['kinesis', 'kafka']).default('kinesis').meta({ description: 'kinesis or kafka' }),
});
export type SoakOptions = z.output<typeof SoakOptions>;
