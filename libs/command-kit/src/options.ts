import * as z from 'zod';

// `takes` in the meta of an option is what its help and its errors say that it takes.

/** An option without a value, such as `--json`. */
export const flag: z.ZodDefault<z.ZodBoolean> = z.boolean().default(false);

/** An option with any text for its value but an empty one. */
export const text = (takes: string) => z.string().min(1).meta({ takes });

/** One of some words. */
export const oneOf = <const Word extends string>(words: readonly Word[]) =>
  z.enum(words).meta({ takes: words.length === 2 ? words.join(' or ') : `one of ${words.join(', ')}` });

/** A whole number, both limits included. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most)
    .meta({ takes: `a whole number from ${least} to ${most}` });

export const port = () => wholeNumber(1, 65_535);

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** In ms. */
export const duration = z
  .string()
  .regex(/^\d{1,6}[smh]$/)
  .transform((given) => Number(given.slice(0, -1)) * unitMs[given.at(-1) as keyof typeof unitMs])
  .refine((ms) => ms > 0)
  .meta({ takes: 'a duration such as 60s, 10m or 2h' });

/** What every command that talks to the platform takes: where the laptop's is to be found. */
export const targetOptions = {
  dir: text('a folder').optional().describe('The folder of the laptop platform. Without it the usual one, .local'),
  port: port()
    .optional()
    .describe('Of the dashboard; taken so that the options of npm start can be given here as well'),
  awsPort: port().optional().describe('Where the laptop platform listens. Without it what its folder says'),
};
