import type { CallTotals, Receipt } from '@acme/lambda-kit';
import type { Sink } from './send.ts';

/** A sink that notes what the stream took, and the end of the notes. */
export interface Receipted {
  readonly sink: Sink;
  /**
   * Ends the invocation's receipts with what it came to: what is neither on the stream nor put aside has failed.
   *
   * @throws ReceiptError when one could not be written; the events are on the stream all the same
   */
  readonly close: (call: Pick<CallTotals, 'in' | 'rejected'>) => Promise<void>;
}

/** The most events of one receipt that calls are added to: some 200 KB compressed. */
const mostEvents = 10_000;

/**
 * Keeps receipts of what PutRecords calls have put on the stream: which events, and where. Calls that follow one another
 * at once share a receipt; once one has to be repeated, what is on the stream is noted while the next is on its way. The
 * last receipt waits for the totals, so that most invocations write one object.
 */
export const receipted = (
  sink: Sink,
  invocation: Pick<Receipt, 'stream' | 'request' | 'startedAtMs'>,
  write: (receipt: Receipt) => Promise<void>,
): Receipted => {
  const failures: unknown[] = [];
  const writing: Promise<unknown>[] = [];
  let open: Receipt | undefined;
  let isFull = false;
  let number = 0;
  let accepted = 0;
  const put = (receipt: Receipt): void => {
    writing.push(write(receipt).catch((error: unknown) => failures.push(error)));
  };
  return {
    sink: async (records) => {
      if (open && isFull) {
        put(open);
        open = undefined;
        number += 1;
      }
      const places = await sink(records);
      const taken = records.flatMap(({ ids }, index) => {
        const place = places[index];
        return place ? [{ ...place, ids: [...ids] }] : [];
      });
      if (taken.length > 0) {
        open = { ...invocation, number, records: [...(open?.records ?? []), ...taken] };
        accepted += eventsOf(taken);
      }
      isFull = taken.length < records.length || (open !== undefined && eventsOf(open.records) >= mostEvents);
      return places;
    },
    close: async ({ in: all, rejected }) => {
      const totals: CallTotals = { in: all, accepted, rejected, failed: all - accepted - rejected };
      // Totals say that all receipts are there: they come last, and not at all where one is missing.
      await Promise.all(writing);
      const last = open ?? { ...invocation, number, records: [] };
      put(failures.length > 0 ? last : { ...last, totals });
      await Promise.all(writing);
      if (failures.length > 0) throw new ReceiptError(failures.length, { cause: failures[0] });
    },
  };
};

const eventsOf = (records: Receipt['records']): number => records.reduce((sum, { ids }) => sum + ids.length, 0);

/** The events are on the stream, but not on record. Send the call again: they keep their ids. */
export class ReceiptError extends Error {
  override readonly name = 'ReceiptError';

  constructor(receipts: number, options: { readonly cause: unknown }) {
    super(`${receipts} receipts of what is on the stream could not be written; send the whole call again`, options);
  }
}
