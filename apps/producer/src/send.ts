import type { Backoff } from '@acme/lambda-kit';
import type { Packed } from './pack.ts';

/** Where the stream took a record. */
export interface Place {
  readonly shard: string;
  readonly sequence: string;
}

/**
 * Writes records to the stream in one call. To Kinesis these are at most 500 records and 10 MiB with their keys (limits:
 * PutRecords API reference), no partition key twice.
 *
 * @returns for each record, in order, where the stream took it, if it did
 * @throws when the call as a whole cannot succeed, however often it is repeated
 */
export type Sink = (records: readonly Packed[]) => Promise<readonly (Place | undefined)[]>;

export interface Limits {
  readonly records: number;
  readonly bytes: number;
}

export const putRecordsLimits: Limits = { records: 500, bytes: 10 * 1024 * 1024 };

/**
 * Sends packed records until the stream has taken all. PutRecords neither keeps the order of its records nor takes
 * all of them, so a call carries a partition key once, and a refused record holds back the later ones of its key.
 *
 * @throws StillRefusedError when time is up; what was sent before it is on the stream
 */
export const send = async (
  packed: ReadonlyMap<string, readonly Packed[]>,
  sink: Sink,
  {
    backoff,
    wait,
    limits = putRecordsLimits,
  }: { readonly backoff: Backoff; readonly wait: (ms: number) => Promise<void>; readonly limits?: Limits },
): Promise<void> => {
  const queues = new Map([...packed].map(([key, records]) => [key, [...records]]));
  let attempt = 0;
  let sent = 0;
  while (queues.size > 0) {
    const heads = [...queues.values()].map((queue) => queue[0] as Packed);
    let refused = 0;
    for (const call of calls(heads, limits)) {
      const taken = await sink(call);
      for (const [index, record] of call.entries()) {
        if (!taken[index]) {
          refused += 1;
          continue;
        }
        sent += record.ids.length;
        const queue = queues.get(record.key) as Packed[];
        queue.shift();
        if (queue.length === 0) queues.delete(record.key);
      }
    }
    attempt = refused === 0 ? 0 : attempt + 1;
    if (attempt === 0) continue;
    const ms = backoff(attempt);
    if (ms === undefined) throw new StillRefusedError(sent, remaining(queues));
    await wait(ms);
  }
};

function* calls(records: readonly Packed[], limits: Limits): Generator<Packed[]> {
  let call: Packed[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.data.length + Buffer.byteLength(record.key);
    if (call.length > 0 && (call.length === limits.records || bytes + size > limits.bytes)) {
      yield call;
      call = [];
      bytes = 0;
    }
    call.push(record);
    bytes += size;
  }
  if (call.length > 0) yield call;
}

const remaining = (queues: ReadonlyMap<string, readonly Packed[]>): number =>
  [...queues.values()].flat().reduce((sum, { ids }) => sum + ids.length, 0);

/** The stream still refused events when time was up. Send the call again: events keep their ids. */
export class StillRefusedError extends Error {
  override readonly name = 'StillRefusedError';
  readonly sent: number;
  readonly refused: number;

  constructor(sent: number, refused: number) {
    super(
      `the stream still refused ${refused} events at the deadline, after it took ${sent}; send the whole call again`,
    );
    this.sent = sent;
    this.refused = refused;
  }
}
