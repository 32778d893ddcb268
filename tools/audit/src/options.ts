import { flag, oneOf } from '@acme/command-kit';
import { CommonOptions } from '@acme/local/options';
import * as z from 'zod';
import { sinks } from './sinks.ts';
import { pointInTime } from './window.ts';

const point = z
  .string()
  .transform((text) => pointInTime(text, Date.now()))
  .refine((ms): ms is number => ms !== undefined)
  .meta({ takes: 'a time such as 2026-01-31, 2026-01-31T09:00Z, or 2h for two hours ago' });

const names = sinks.map(({ consumer }) => consumer);

export const auditCommand = {
  usage: 'npm run audit --',
  does: 'Proves that nothing was lost: of the laptop platform on --dir, whether or not it runs; with STAGE=<stage>, of that stage on AWS.',
  options: CommonOptions.extend({
    from: point
      .optional()
      .describe('The first arrival on the stream that is audited. Without it all that the ledger tells of'),
    to: point
      .optional()
      .describe(
        'The arrival at which it ends. Without it all is audited; of a platform that runs here, up to where every consumer has been',
      ),
    sink: oneOf(names).optional().describe('Only this one'),
    json: flag.describe('The sums as JSON'),
  }),
};
