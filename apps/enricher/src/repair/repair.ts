import { isTransient } from '@acme/lambda-kit';
import { MissingTableError } from '../lookup/batch-get.ts';
import { HeldBackError } from '../lookup/fetch.ts';
import { lackingOnly, type LookingAgain } from './again.ts';
import { enrichedObjects, type Hours } from './list-objects.ts';
import { type Bucket, ContendedError, repairObject } from './repair-object.ts';
import { NotEnrichedError } from './enriched-object.ts';

/** What repairing came to. */
export interface Totals {
  readonly objects: number;
  readonly rewritten: number;
  readonly events: number;
  readonly repaired: number;
  /** Events that still lack something that they ask for. */
  readonly lacking: number;
  /** By dimension: lookups that are hits now. */
  readonly hits: Readonly<Record<string, number>>;
  /** Objects and lines that could not be repaired, and why. */
  readonly problems: readonly string[];
}

export interface Repair extends Omit<LookingAgain, 'dimensions'>, Hours {
  readonly onProgress?: (totals: Totals) => void;
}

/** Objects under way at a time. */
const concurrency = 8;

/**
 * Looks up again what enriched events lack, now that their dimension may be there. Objects are rewritten one by one under
 * their own names, so events are never doubled, and a repair that is cut off is done by running it again: what has been
 * repaired is a hit, and is not looked up again.
 *
 * @throws HeldBackError, MissingTableError, what S3 refuses for good; what was rewritten before stays
 */
export const repair = async (bucket: Bucket, { from, to, onProgress, ...looking }: Repair): Promise<Totals> => {
  const keys = enrichedObjects(bucket, { from, to });
  const again: LookingAgain = { ...looking, dimensions: lackingOnly() };
  const sums = { objects: 0, rewritten: 0, events: 0, repaired: 0, lacking: 0 };
  const hits: Record<string, number> = {};
  const problems: string[] = [];
  const totals = (): Totals => ({ ...sums, hits: { ...hits }, problems: [...problems] });

  const one = async (key: string): Promise<void> => {
    const repaired = await patiently(() => repairObject(bucket, key, again), looking).catch((error: unknown) => {
      if (!(error instanceof NotEnrichedError || error instanceof ContendedError)) throw error;
      problems.push(error.message);
      return undefined;
    });
    sums.objects += 1;
    if (repaired === undefined || repaired === 'gone') return;
    problems.push(...repaired.problems);
    sums.rewritten += repaired.isRewritten ? 1 : 0;
    for (const sum of ['events', 'repaired', 'lacking'] as const) sums[sum] += repaired[sum];
    for (const [name, count] of Object.entries(repaired.hits)) hits[name] = (hits[name] ?? 0) + count;
    onProgress?.(totals());
  };

  let failed = false;
  const worker = async (): Promise<void> => {
    for (let next = await keys.next(); !next.done && !failed; next = await keys.next())
      await one(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
  };
  // All of them end before this does: nothing is rewritten behind the back of who reads its error.
  const workers = Array.from({ length: concurrency }, worker);
  for (const result of await Promise.allSettled(workers)) if (result.status === 'rejected') throw result.reason;
  return totals();
};

/** Tries again what S3 fails in for a reason that passes; an object is rewritten whole or not at all. */
const patiently = async <T>(
  work: () => Promise<T>,
  { backoff, wait }: Pick<Repair, 'backoff' | 'wait'>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const ms = isFinal(error) ? undefined : backoff(attempt);
      if (ms === undefined) throw error;
      await wait(ms);
    }
  }
};

/** Lookups have been patient themselves. */
const isFinal = (error: unknown): boolean =>
  !isTransient(error) ||
  [NotEnrichedError, ContendedError, HeldBackError, MissingTableError].some((kind) => error instanceof kind);
