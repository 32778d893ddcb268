import { duration, text, wholeNumber } from '@acme/command-kit';
import { CommonOptions } from '@acme/local/options';
import { dialName, seed, transport } from '@acme/local/start-options';
import * as z from 'zod';

const millions = z
  .string()
  .regex(/^\d{1,9}[kM]?$/)
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith('M') ? 1_000_000 : text.endsWith('k') ? 1_000 : 1))
  .meta({ takes: 'a number of events such as 500k or 10M' });

const SoakOptions = CommonOptions.extend({
  for: duration.optional().describe('It ends after so long'),
  events: millions.optional().describe('It ends after so many, or with --for if that comes first'),
  rate: wholeNumber(1, 100_000).default(5_000).describe('Events per second asked for'),
  clickstreamRate: wholeNumber(0, 100_000)
    .optional()
    .describe('Of the clickstream, events per second. Without it a tenth of the rate'),
  seed: seed().default(1).describe('The same seed makes the same events'),
  faults: text('what npm start takes').optional().describe('The fault switches that are on. Without it none'),
  dial: dialName.default('some').describe('What may be wrong with the events, as npm start takes it'),
  faultSeed: seed().optional().describe('Of the faults. Without it a random one, which is printed'),
  kill: duration
    .optional()
    .describe('The whole platform or one engine is killed with SIGKILL about so often. Without it never'),
  transport,
});
export type SoakOptions = z.output<typeof SoakOptions>;

export const soakCommand = {
  usage: 'npm run soak --',
  does: 'Load, faults and kills for as long as it takes, then the proof that nothing was lost or doubled.',
  options: SoakOptions.refine((given) => given.for !== undefined || given.events !== undefined, {
    error: '--for or --events says when the soak ends',
    path: [],
  }),
};
