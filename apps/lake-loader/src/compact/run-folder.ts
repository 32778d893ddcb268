import { createHash } from 'node:crypto';

/** Under it each query writes into a folder of its own; other files of the table lie beside these folders. */
export const runPrefix = 'tables/telemetry/run-';

/**
 * A name for what a query reads: equal inputs give the same, so that a run that was cut off is found again, and anything
 * that has changed gives another. Also long enough for Athena's ClientRequestToken (32 to 128 characters).
 */
export const tokenOf = (input: unknown): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 40);

export const runFolder = (token: string): string => `${runPrefix}${token}/`;

/** The day that a file below a run's folder belongs to; none when it is no data file. */
export const dayOf = (key: string): string | undefined => /\/date=(\d{4}-\d\d-\d\d)\/[^/._][^/]*$/.exec(key)?.[1];
