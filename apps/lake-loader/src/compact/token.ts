import { createHash } from 'node:crypto';

/**
 * A name for what a query reads: equal inputs give the same, so that a run that was cut off is found again, and anything
 * that has changed gives another. Also long enough for Athena's ClientRequestToken (32 to 128 characters).
 */
export const tokenOf = (input: unknown): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 40);
