import { CommonOptions, flag } from '@acme/local/options';
import * as z from 'zod';
import { sinks } from './sinks.ts';
import { pointInTime } from './window.ts';

const point = z
  .string()
  .transform((text) => pointInTime(text, Date.now()))
  .refine((ms): ms is number => ms !== undefined)
  .meta({ description: 'a time such as 2026-01-31, 2026-01-31T09:00Z, or 2h for two hours ago' });

const names = sinks.map(({ consumer }) => consumer);

/** What `npm run audit` takes after `--`. */
export const AuditOptions = CommonOptions.extend({
  /** The first arrival on the stream that is audited. @default all that the ledger tells of */
  from: point.optional(),
  /** The arrival at which it ends. @default all; of a platform that runs here, where every consumer has been */
  to: point.optional(),
  /** Only this one. @default every sink */
  sink: z
    .enum(names)
    .meta({ description: `one of ${names.join(', ')}` })
    .optional(),
  json: flag,
});
