import type { Backoff } from '@acme/lambda-kit';
import type { Packed } from '../pack.ts';
import { type Sink, StillRefusedError } from '../send.ts';

/**
 * The most that one call carries, uncompressed. A broker takes 1 MiB a partition and request (`message.max.bytes`), and
 * all of a call may fall into one partition; an event is at most 256 KB.
 */
export const callBytes = 768 * 1024;

/**
 * Sends records until the topic has taken all. A call keeps the order of a partition's records and takes all of them or
 * none, so it may carry a key many times; what it did not take goes first in the next call, before all that came after.
 *
 * @throws StillRefusedError when time is up; what was sent before it is on the topic
 */
export const sendInOrder = async (
  packed: ReadonlyMap<string, readonly Packed[]>,
  sink: Sink,
  {
    backoff,
    wait,
    bytes = callBytes,
  }: { readonly backoff: Backoff; readonly wait: (ms: number) => Promise<void>; readonly bytes?: number },
): Promise<void> => {
  let left = [...packed.values()].flat();
  let attempt = 0;
  let sent = 0;
  while (left.length > 0) {
    const call = left.slice(0, fitting(left, bytes));
    const taken = await sink(call);
    const refused = call.filter((_, index) => !taken[index]);
    sent += call.length - refused.length;
    left = [...refused, ...left.slice(call.length)];
    attempt = refused.length === 0 ? 0 : attempt + 1;
    if (attempt === 0) continue;
    const ms = backoff(attempt);
    if (ms === undefined) throw new StillRefusedError(sent, left.length);
    await wait(ms);
  }
};

/** How many of the first records fit into a call: at least one. */
const fitting = (records: readonly Packed[], bytes: number): number => {
  let size = 0;
  const over = records.findIndex(({ key, data }) => {
    size += data.length + key.length + overhead;
    return size > bytes;
  });
  return over < 0 ? records.length : Math.max(1, over);
};

/** Of a message in a batch, at most: its lengths, offset and time (kafka.apache.org/documentation, Record). */
const overhead = 32;
