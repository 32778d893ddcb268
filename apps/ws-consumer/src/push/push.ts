import type { Batch, SourceRecord } from '@acme/lambda-kit';
import type { EventsFrame } from '@acme/live-frame';
import type { Viewer } from '../connections.ts';
import { noArrears } from './arrears.ts';
import { fanOut, type Letter, type Post } from './fan-out.ts';
import { frameOf } from './frame.ts';
import { type LiveEvent, liveEvents } from './live-event.ts';

export interface Live {
  /** Who is connected now. */
  readonly viewers: () => Promise<readonly Viewer[]>;
  readonly post: Post;
  /** The client of this connection has left. */
  readonly remove: (connectionId: string) => Promise<void>;
  readonly now: () => number;
  /** Posts under way at a time. @default 64 */
  readonly concurrency?: number;
}

export interface Pushed {
  readonly sent: number;
  readonly gone: number;
  readonly failed: number;
  /** Of each shard, the events that were looked at, valid and not: nothing when nobody is connected. */
  readonly looked: readonly Looked[];
}

/** What was looked at of one shard. */
export interface Looked {
  readonly batch: Batch;
  readonly good: number;
  readonly bad: number;
}

/** A stream's events as the live view reads them, in the order of a shard, and the frame that tells of them. */
export interface LiveFamily<E extends { readonly arrivedAtMs: number }, F extends { readonly total: number }> {
  readonly read: (records: readonly SourceRecord[]) => { readonly events: readonly E[]; readonly invalid: number };
  /** Undefined when there is nothing to tell. */
  readonly frame: (events: readonly E[], invalid: number, filter: Viewer['filter']) => F | undefined;
}

/** A connection that did not take a frame is left alone for this long, so that it holds up nobody. */
const restMs = 5_000;

/**
 * Sends a batch to everybody who is connected: one frame each, with what its filter lets pass. It may be of several
 * partitions: a frame costs the same, however many events it tells of.
 *
 * The live view is best effort. A frame that does not get through is not sent again: its events are counted and told
 * in the connection's next one. So no client, however slow or broken, holds up the stream.
 *
 * @throws only when the list of connections cannot be read; nothing has been sent then
 */
export const livePushOf =
  <E extends { readonly arrivedAtMs: number }, F extends { readonly total: number }>({
    read: readEvents,
    frame: frameOf,
  }: LiveFamily<E, F>) =>
  ({ viewers, post, remove, now, concurrency = 64 }: Live) => {
    const arrears = noArrears();

    return async (records: readonly SourceRecord[]): Promise<Pushed> => {
      const everybody = await viewers();
      arrears.keep(everybody.map(({ connectionId }) => connectionId));
      if (everybody.length === 0) return { sent: 0, gone: 0, failed: 0, looked: [] };

      const shards = [...Map.groupBy(records, ({ position }) => position.shard).values()] as unknown as Batch[];
      const read = shards.map((batch) => ({ batch, ...readEvents(batch) }));
      const events = byArrival(read.map((shard) => shard.events));
      const invalid = read.reduce((sum, shard) => sum + shard.invalid, 0);
      const frames = new Map<string, { readonly frame: F; readonly text: string } | undefined>();
      const framed = (filter: Viewer['filter']) => {
        const key = JSON.stringify(filter);
        if (!frames.has(key)) {
          const frame = frameOf(events, invalid, filter);
          frames.set(key, frame && { frame, text: JSON.stringify(frame) });
        }
        return frames.get(key);
      };

      const letters: (Letter & { readonly events: number })[] = [];
      for (const { connectionId, filter } of everybody) {
        const made = framed(filter);
        if (!made) continue;
        const { frame, text } = made;
        const missed = arrears.of(connectionId);
        if (arrears.isResting(connectionId, now())) arrears.missed(connectionId, frame.total);
        else
          letters.push({
            connectionId,
            text: missed === 0 ? text : JSON.stringify({ ...frame, missed }),
            events: frame.total,
          });
      }

      const deliveries = await fanOut(letters, post, concurrency);
      const gone: string[] = [];
      let failed = 0;
      letters.forEach(({ connectionId, events: owed }, index) => {
        if (deliveries[index] === 'failed') {
          failed += 1;
          arrears.missed(connectionId, owed);
          arrears.rest(connectionId, now() + restMs);
          return;
        }
        arrears.clear(connectionId);
        if (deliveries[index] === 'gone') gone.push(connectionId);
      });
      await Promise.all(gone.map(remove));
      return {
        sent: letters.length - gone.length - failed,
        gone: gone.length,
        failed,
        looked: read.map(({ batch, events: good, invalid: bad }) => ({ batch, good: good.length, bad })),
      };
    };
  };

/** The events of some shards as they arrived; those of one shard stay in their order. */
const byArrival = <E extends { readonly arrivedAtMs: number }>(shards: readonly (readonly E[])[]): readonly E[] => {
  const [first = [], ...rest] = shards;
  return rest.length === 0 ? first : shards.flat().sort((one, other) => one.arrivedAtMs - other.arrivedAtMs);
};

/** Viewing events in the live view. */
export const liveViewing: LiveFamily<LiveEvent, EventsFrame> = { read: liveEvents, frame: frameOf };
export const livePush = livePushOf(liveViewing);
