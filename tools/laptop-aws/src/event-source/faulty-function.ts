import * as fc from 'fast-check';
import { failed, failedAt, type Answer, type KinesisEvent } from './kinesis-mapping.fixture.ts';

/** How a call of the function ends; `stops` and `kills` end the mapping with it. */
export type Turn =
  | 'ok'
  | 'throws'
  | 'malformed'
  | 'throttled'
  | 'stops'
  | 'kills'
  | { readonly failsAt: number }
  | { readonly slow: number };

export const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.constantFrom<Turn>('ok', 'throws', 'malformed', 'throttled', 'stops', 'kills'),
  fc.record({ failsAt: fc.nat(20) }),
  fc.record({ slow: fc.integer({ min: 1, max: 5 }) }),
);

/** A record as it was put: what the checks go by. */
export interface Sent {
  readonly key: string;
  readonly sequenceNumber: string;
  readonly shard: string;
}

/**
 * A function whose calls end as `turns` say, then well, and that holds each call against the promises: of a partition
 * key no record is left out, none comes before another is done, and none comes twice but after a restart.
 */
export const faultyFunction = (turns: Turn[], sent: readonly Sent[], end: (how: 'stops' | 'kills') => void) => {
  const ofKey = Map.groupBy(sent, ({ key }) => key);
  const finished = new Set<string>();
  const mistakes: string[] = [];
  const cursors = new Map<string, number>();
  const inFlight = new Set<string>();
  let seenInThisRun = new Set<string>();

  const place = (key: string, number: string | undefined): number =>
    ofKey.get(key)?.findIndex(({ sequenceNumber }) => sequenceNumber === number) ?? -1;

  /** Per key of a batch, its records' sequence numbers in order. */
  const keysOf = ({ Records }: KinesisEvent): [string, string[]][] =>
    [...Map.groupBy(Records, ({ kinesis }) => kinesis.partitionKey)].map(([key, records]) => [
      key,
      records.map(({ kinesis }) => kinesis.sequenceNumber),
    ]);

  const check = (event: KinesisEvent): void => {
    for (const [key, numbers] of keysOf(event)) {
      const from = place(key, numbers[0]);
      const expected = (ofKey.get(key) ?? []).slice(from, from + numbers.length);
      if (from === -1 || numbers.some((number, at) => number !== expected[at]?.sequenceNumber)) {
        mistakes.push(`${key}: left out a record, or sent one that is not wanted`);
      }
      const cursor = cursors.get(key) ?? 0;
      if (from > cursor) mistakes.push(`${key}: went on before the record at ${cursor} was done`);
      if (from < cursor && seenInThisRun.has(key)) mistakes.push(`${key}: came again without a restart`);
      if (inFlight.has(key)) mistakes.push(`${key}: in two invocations at once`);
      seenInThisRun.add(key);
      cursors.set(key, from);
    }
  };

  /** Records that the function has done, or that the destination has taken. */
  const finish = (records: readonly { readonly key: string; readonly number: string }[]): void => {
    for (const { key, number } of records) {
      finished.add(number);
      cursors.set(key, place(key, number) + 1);
    }
  };

  const handle = async (event: KinesisEvent): Promise<Answer> => {
    const now = turns.shift() ?? 'ok';
    if (now === 'throttled') throw new Error('Rate Exceeded.');
    check(event);
    const keys = keysOf(event).map(([key]) => key);
    for (const key of keys) inFlight.add(key);
    const slow = typeof now === 'object' && 'slow' in now ? now.slow : 0;
    for (let hops = slow; hops > 0; hops--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const key of keys) inFlight.delete(key);
    if (now === 'stops' || now === 'kills') end(now);
    if (now === 'throws' || now === 'stops' || now === 'kills') return failed;
    if (now === 'malformed') return { payload: '{"batchItemFailures":[{"itemIdentifier":null}]}' };
    const failsAt = typeof now === 'object' && 'failsAt' in now ? now.failsAt % event.Records.length : undefined;
    finish(
      event.Records.slice(0, failsAt).map(({ kinesis: { partitionKey, sequenceNumber } }) => ({
        key: partitionKey,
        number: sequenceNumber,
      })),
    );
    return failsAt === undefined ? undefined : failedAt(event, failsAt);
  };

  return {
    handle,
    finish,
    finished,
    mistakes,
    restarted: () => {
      seenInThisRun = new Set();
      inFlight.clear();
    },
  };
};
