import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Functions } from '../lambda/functions.ts';
import type { DestinationOf } from './failure-destination.ts';
import { Limiter } from './limiter.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { Mapping } from './mapping.ts';
import { backoffMs as lambdaBackoffMs } from './retry.ts';
import { waitFor } from './wait.ts';

export interface EventSourceOptions {
  /** Holds a file of checkpoints per mapping. */
  readonly dir: string;
  readonly kinesis: Kinesis;
  readonly functions: Pick<Functions, 'invoke' | 'concurrencyOf'>;
  readonly log: (line: string) => void;
  /** Where records go that are given up. */
  readonly destinationOf: DestinationOf;
  /** How long records rest after the nth failure in a row. */
  readonly backoffMs?: (failures: number) => number;
}

/** How far a mapping is behind its stream. */
export interface Lag {
  readonly uuid: string;
  readonly functionName: string;
  readonly streamArn: string;
  /** Records that are in the stream and not done. */
  readonly records: number;
}

/** The event source mappings of the laptop. */
export interface EventSources {
  /** Adds a mapping, or replaces the one of the same id; it runs from `start` on. */
  define(settings: MappingSettings): Promise<void>;
  start(): void;
  /** Resolves when no enabled mapping has a record that is not done, or when stopped; a failing function keeps it waiting. */
  drained(): Promise<void>;
  lag(): Lag[];
  /** What the Lambda API's ListEventSourceMappings and GetEventSourceMapping say. */
  describe(): ReturnType<Mapping['describe']>[];
  /**
   * Begins no more invocations, waits for those in flight, saves the checkpoints. There is no start after it.
   *
   * @param graceMs how long to wait; what has not ended by then comes again at the next start
   */
  stop(graceMs?: number): Promise<void>;
}

export const openEventSources = ({
  dir,
  kinesis,
  functions,
  log,
  destinationOf,
  backoffMs = lambdaBackoffMs,
}: EventSourceOptions): EventSources => {
  const mappings = new Map<string, Mapping>();
  const limiter = new Limiter((name) => functions.concurrencyOf(name));
  const stopping = new AbortController();
  let running = false;
  let progress = Promise.withResolvers<void>();
  const progressed = (): void => {
    progress.resolve();
    progress = Promise.withResolvers();
  };
  const all = (): Mapping[] => [...mappings.values()];

  return {
    define: async (settings) => {
      const before = mappings.get(settings.uuid);
      await before?.stop();
      await before?.saveCheckpoints();
      const stream = kinesis.stream(settings.streamArn);
      const host = { functions, limiter, log, backoffMs, destinationOf, progressed };
      const mapping = await Mapping.open(dir, settings, stream, host);
      mappings.set(settings.uuid, mapping);
      if (running) mapping.start();
    },
    start: () => {
      running = true;
      for (const mapping of all()) mapping.start();
    },
    drained: async () => {
      // Retention makes a shard shorter without a word, so this also looks by the clock.
      while (!stopping.signal.aborted && all().some(({ behind }) => behind > 0)) {
        await waitFor(progress.promise, 250, stopping.signal);
      }
    },
    lag: () =>
      all().map(({ settings: { uuid, functionName, streamArn }, behind }) => ({
        uuid,
        functionName,
        streamArn,
        records: behind,
      })),
    describe: () => all().map((mapping) => mapping.describe()),
    stop: async (graceMs = 4000) => {
      stopping.abort();
      running = false;
      const grace = new AbortController();
      await Promise.race([
        Promise.all(all().map((mapping) => mapping.stop())),
        waitFor(undefined, graceMs, grace.signal),
      ]);
      grace.abort();
      await Promise.all(all().map((mapping) => mapping.saveCheckpoints()));
    },
  };
};
