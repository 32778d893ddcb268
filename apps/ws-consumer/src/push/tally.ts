import { type Batch, type BatchEntry, batchKey, coverage, log, type WriteLedger } from '@acme/lambda-kit';
import type { Looked } from './push.ts';

const consumer = 'ws-consumer';

/**
 * Notes in the ledger what went through the live view: counts only, at most one entry per shard and minute, of what
 * this process has pushed since the last, and the frames that told of it. A view holds up nothing and proves nothing: an entry that cannot be written
 * is left out, and what follows the last entry is told by none.
 */
export const tally = (write: WriteLedger, now: () => number, everyMs = 60_000) => {
  const open = new Map<string, { readonly sinceMs: number; readonly batch: Batch; readonly entry: BatchEntry }>();

  return async ({ batch, good, bad }: Looked, sent: number): Promise<void> => {
    if (good + bad === 0) return;
    const { shard } = batch[0].position;
    const before = open.get(shard);
    const range = coverage(batch);
    const entry: BatchEntry = {
      consumer,
      ...range,
      first: before?.entry.first ?? range.first,
      firstArrivalMs: before?.entry.firstArrivalMs ?? range.firstArrivalMs,
      in: (before?.entry.in ?? 0) + good + bad,
      good: (before?.entry.good ?? 0) + good,
      bad: (before?.entry.bad ?? 0) + bad,
      duplicate: 0,
      wrote: { to: 'connections', rows: (before?.entry.wrote.rows ?? 0) + sent },
      bestEffort: true,
      records: [],
    };
    const ends = (before?.batch ?? batch).slice(0, 1).concat(batch.slice(-1)) as unknown as Batch;
    if (now() - (before?.sinceMs ?? now()) < everyMs) {
      open.set(shard, { sinceMs: before?.sinceMs ?? now(), batch: ends, entry });
      return;
    }
    open.delete(shard);
    await write(batchKey(consumer, ends), entry).catch((error: unknown) =>
      log.warn('ledger:failed', { shard, error: error as Error }),
    );
  };
};
