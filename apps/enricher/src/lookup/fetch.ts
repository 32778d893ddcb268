import type { Backoff } from '@acme/lambda-kit';
import type { Item } from '../dimensions/index.ts';
import { type BatchGet, mostKeys } from './batch-get.ts';
import type { Asked } from './known.ts';

/** Calls under way at a time. */
const concurrency = 8;

export interface Patience {
  /** Of the tries after the first. */
  readonly backoff: Backoff;
  readonly wait: (ms: number) => Promise<void>;
}

export interface Fetched {
  /** Of those that are there; whoever is missing is not. */
  readonly items: readonly (Asked & { readonly item: Item })[];
  /** How many calls that took. */
  readonly calls: number;
}

/**
 * Reads the items of any number of keys, trying again those that DynamoDB had no room for.
 *
 * @param asked each key once
 * @throws HeldBackError when time is up; MissingTableError
 */
export const fetchItems = async (
  asked: readonly Asked[],
  get: BatchGet,
  { backoff, wait }: Patience,
): Promise<Fetched> => {
  const items: (Asked & { readonly item: Item })[] = [];
  let calls = 0;
  for (let left = asked, attempt = 1; left.length > 0; attempt += 1) {
    const groups = chunks(left, mostKeys);
    const again: Asked[] = [];
    for (const wave of chunks(groups, concurrency)) {
      for (const got of await Promise.all(wave.map(get))) {
        items.push(...got.items);
        again.push(...got.left);
      }
    }
    calls += groups.length;
    left = again;
    if (left.length === 0) break;
    const ms = backoff(attempt);
    if (ms === undefined) throw new HeldBackError(left);
    await wait(ms);
  }
  return { items, calls };
};

/** Values in their order, so many at a time. */
export const chunks = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size));

/** DynamoDB still held keys back when time was up. */
export class HeldBackError extends Error {
  override readonly name = 'HeldBackError';

  constructor(left: readonly Asked[]) {
    const names = [...new Set(left.map(({ dimension }) => dimension.name))].join(', ');
    super(`${left.length} keys of ${names} could not be looked up before the deadline; the batch will come again`);
  }
}
