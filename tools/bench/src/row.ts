import * as z from 'zod';

/** One measurement, as a bench prints it: a line of JSON on its standard output. */
export const Row = z
  .strictObject({
    /** What was measured. */
    name: z.string().min(1),
    value: z.number(),
    /** Of `value` and the limit: `events/s`, `ms`, `×`. */
    unit: z.string().min(1),
    /** The least that is wanted. */
    atLeast: z.number().positive().optional(),
    /** The most that is allowed. */
    atMost: z.number().positive().optional(),
    /** What the figure includes, in a few words. */
    about: z.string().optional(),
  })
  .refine(({ atLeast, atMost }) => atLeast === undefined || atMost === undefined, { error: 'one limit, not two' });
export type Row = z.infer<typeof Row>;

/** How a measurement stands against its limit. */
export interface Judged extends Row {
  /** Above 1 is better than wanted, below 1 worse; undefined when nothing is wanted. */
  readonly ratio?: number;
  readonly verdict: 'ok' | 'below' | 'for comparison';
}

export const judge = (row: Row): Judged => {
  const ratio = ratioOf(row);
  if (ratio === undefined) return { ...row, verdict: 'for comparison' };
  return { ...row, ratio, verdict: ratio >= 1 ? 'ok' : 'below' };
};

const ratioOf = ({ value, atLeast, atMost }: Row): number | undefined => {
  if (atLeast !== undefined) return value / atLeast;
  if (atMost !== undefined) return atMost / value;
  return undefined;
};

/**
 * The measurement of a line that a bench printed.
 *
 * @throws RowError when the line is none
 */
export const readRow = (line: string): Row => {
  try {
    return Row.parse(JSON.parse(line));
  } catch (cause) {
    throw new RowError('a bench prints measurements as lines of JSON and nothing else; progress goes to stderr', {
      cause,
    });
  }
};

/** A line of a bench's standard output that is no measurement. */
export class RowError extends Error {
  override readonly name = 'RowError';
}
