import { framesOf } from '@acme/lambda-kit';
import { readStreamOnDisk } from '@acme/local/platform/stream-on-disk';

/** What a look at every record of a stream finds. */
export interface OrderCheck {
  readonly records: number;
  readonly lines: number;
  /** Customers whose events were put in another order than they were made. */
  readonly outOfOrder: readonly string[];
}

/**
 * Reads a stream or topic from the state folder of a platform that does not run, and holds the order of each customer's events against the
 * numbers in their ids. An event that was put twice counts where it stands first.
 *
 * @param seed of the events that are numbered in the order they were made
 * @param count how many of them there are; those of other runs (the schedule's, by hand) have numbers beyond
 * @param isMoved whether an event was handed over out of its order on purpose, or under another customer
 */
export const orderPerKey = async (
  dir: string,
  streamName: string,
  {
    seed,
    count,
    isMoved,
  }: { readonly seed: number; readonly count: number; readonly isMoved: (number: number) => boolean },
): Promise<OrderCheck> => {
  const idPrefix = `ev-${seed.toString(16).padStart(8, '0')}-`;
  const last = new Map<string, number>();
  const outOfOrder = new Set<string>();
  const seen = new Map<string, SeenNumbers>();
  let records = 0;
  let lines = 0;
  await readStreamOnDisk(dir, streamName, ({ shard, data }) => {
    records += 1;
    const seenHere = seen.get(shard) ?? new SeenNumbers();
    seen.set(shard, seenHere);
    for (const frame of framesOf(data)) {
      lines += 1;
      const event = numbered(frame.toString('utf8'), idPrefix);
      if (!event || event.number >= count || !seenHere.isNew(event.number) || isMoved(event.number)) continue;
      if ((last.get(event.customer) ?? -1) > event.number) outOfOrder.add(event.customer);
      last.set(event.customer, event.number);
    }
  });
  return { records, lines, outOfOrder: [...outOfOrder] };
};

/** Lines of the producer are as the contract writes events, so that their text tells these two. */
const numbered = (
  line: string,
  idPrefix: string,
): { readonly number: number; readonly customer: string } | undefined => {
  const [, id, number] = /"event_id":"(ev-[0-9a-f]{8}-)([0-9a-z]{11})"/.exec(line) ?? [];
  const [, customer] = /"customer_id":"([^"]+)"/.exec(line) ?? [];
  return id === idPrefix && number && customer ? { number: Number.parseInt(number, 36), customer } : undefined;
};

/** The numbers met so far, a bit each. */
class SeenNumbers {
  readonly #pages = new Map<number, Uint8Array>();

  isNew(number: number): boolean {
    const page = Math.floor(number / 65_536);
    const bits = this.#pages.get(page) ?? new Uint8Array(8_192);
    this.#pages.set(page, bits);
    const place = number % 65_536;
    const mask = 1 << (place & 7);
    const isNew = (bits[place >> 3]! & mask) === 0;
    bits[place >> 3]! |= mask;
    return isNew;
  }
}
