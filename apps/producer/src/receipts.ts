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

/**
 * Keeps a receipt for each PutRecords call: which events the stream took, and where. A receipt is written while the
 * next call is on its way; the last one waits for the totals, so that most invocations write one object.
 */
export const receipted = (
  sink: Sink,
  invocation: Pick<Receipt, 'stream' | 'request' | 'startedAtMs'>,
  write: (receipt: Receipt) => Promise<void>,
): Receipted => {
  const failures: unknown[] = [];
  const writing: Promise<unknown>[] = [];
  let open: Receipt | undefined;
  let number = 0;
  let accepted = 0;
  const put = (receipt: Receipt): void => {
    writing.push(write(receipt).catch((error: unknown) => failures.push(error)));
  };
  return {
    sink: async (records) => {
      const places = await sink(records);
      const taken = records.flatMap(({ ids }, index) => {
        const place = places[index];
        return place ? [{ ...place, ids: [...ids] }] : [];
      });
      if (taken.length > 0) {
        if (open) put(open);
        open = { ...invocation, number, records: taken };
        number += 1;
        accepted += taken.reduce((sum, { ids }) => sum + ids.length, 0);
      }
      return places;
    },
    close: async ({ in: all, rejected }) => {
      const totals: CallTotals = { in: all, accepted, rejected, failed: all - accepted - rejected };
      put({ ...(open ?? { ...invocation, number, records: [] }), totals });
      await Promise.all(writing);
      if (failures.length > 0) throw new ReceiptError(failures.length, { cause: failures[0] });
    },
  };
};

/** The events are on the stream, but not on record. Send the call again: they keep their ids. */
export class ReceiptError extends Error {
  override readonly name = 'ReceiptError';

  constructor(receipts: number, options: { readonly cause: unknown }) {
    super(`${receipts} receipts of what is on the stream could not be written; send the whole call again`, options);
  }
}
