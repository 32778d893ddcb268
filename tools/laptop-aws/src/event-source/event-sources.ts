import { join } from 'node:path';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Credentials } from '../kafka/client.ts';
import type { Delivery } from './attempt.ts';
import type { DestinationOf } from './failure-destination.ts';
import { KafkaMapping } from './kafka/mapping.ts';
import { toldOnce } from './kafka/told-once.ts';
import type { KafkaLogin, KafkaMappingSettings } from './kafka/settings.ts';
import { Limiter } from './limiter.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { Mapping } from './mapping.ts';
import { backoffMs as lambdaBackoffMs } from './retry.ts';
import type { RunningMapping } from './running-mapping.ts';
import { RunningTime } from './running-time.ts';
import { waitFor } from './wait.ts';

export interface EventSourceOptions {
  /** Holds a file of checkpoints per mapping, and one that says when the platform ran. */
  readonly dir: string;
  readonly kinesis: Pick<Kinesis, 'stream'>;
  readonly functions: Pick<Functions, 'invoke' | 'concurrencyOf'>;
  readonly log: (line: string) => void;
  /** Is told of what somebody has to look at. @default nobody is */
  readonly report?: (line: string) => void;
  /** Where records go that are given up. */
  readonly destinationOf: DestinationOf;
  /** How long records rest after the nth failure in a row. */
  readonly backoffMs?: (failures: number) => number;
  /** Is told of each batch of a stream that goes to its function, for metrics. */
  readonly delivered?: (delivery: Delivery) => void;
  /** How a Kafka client logs in. @default nobody has to */
  readonly credentialsOf?: (login: KafkaLogin) => Credentials;
}

/** How far a mapping is behind its source. */
export interface Lag {
  readonly uuid: string;
  readonly functionName: string;
  /** The stream's ARN, or the topic. */
  readonly source: string;
  /** Records that are in it and not done; of a topic, as of a second ago. */
  readonly records: number;
}

/** The event source mappings of the laptop. */
export interface EventSources {
  /** Adds a mapping, or replaces the one of the same id; it runs from `start` on. */
  define(settings: MappingSettings): Promise<void>;
  /** The same for a mapping that reads a Kafka topic. Neither brokers nor topic need be there yet. */
  defineKafka(settings: KafkaMappingSettings): Promise<void>;
  start(): void;
  /** Resolves when no enabled mapping has a record that is not done, or when stopped; a failing function keeps it waiting. */
  drained(): Promise<void>;
  lag(): Lag[];
  /** The consumer groups that read a topic; those of mappings that are disabled wait for nothing. */
  groupsOf(topic: string): string[];
  /** What the Lambda API's ListEventSourceMappings and GetEventSourceMapping say. */
  describe(): ReturnType<RunningMapping['describe']>[];
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
  report = () => undefined,
  destinationOf,
  backoffMs = lambdaBackoffMs,
  delivered,
  credentialsOf = () => ({}),
}: EventSourceOptions): EventSources => {
  const mappings = new Map<string, RunningMapping>();
  const limiter = new Limiter((name) => functions.concurrencyOf(name));
  const stopping = new AbortController();
  let running = false;
  let progress = Promise.withResolvers<void>();
  const progressed = (): void => {
    progress.resolve();
    progress = Promise.withResolvers();
  };
  const all = (): RunningMapping[] => [...mappings.values()];

  const unsaved = (error: unknown): void =>
    log(`event sources: that the platform runs was not noted: ${String(error)}`);
  let time: Promise<RunningTime> | undefined;
  const timed = (): Promise<RunningTime> => (time ??= RunningTime.open(join(dir, 'running-time.json'), unsaved));

  const put = async (uuid: string, open: (ageOf: AgeOf) => Promise<RunningMapping> | RunningMapping): Promise<void> => {
    const opened = await timed();
    const before = mappings.get(uuid);
    await before?.stop();
    await before?.saveProgress();
    const mapping = await open((arrivalMs) => opened.since(arrivalMs));
    mappings.set(uuid, mapping);
    if (running) mapping.start();
  };
  const unreadable = toldOnce(report);
  const host = { functions, limiter, log, backoffMs, destinationOf, progressed };

  return {
    define: (settings) =>
      put(settings.uuid, (ageOf) =>
        Mapping.open(dir, settings, kinesis.stream(settings.streamArn), { ...host, ageOf, delivered }),
      ),
    defineKafka: (settings) =>
      put(settings.uuid, (ageOf) => {
        const { onFailure, login } = settings;
        const destination = onFailure === undefined ? undefined : destinationOf(onFailure);
        return new KafkaMapping(settings, {
          ...host,
          ...{ ageOf, unreadable },
          destination,
          credentials: login ? credentialsOf(login) : {},
        });
      }),
    start: () => {
      running = true;
      void time?.then((opened) => opened.start());
      for (const mapping of all()) mapping.start();
    },
    drained: async () => {
      // Retention makes a shard shorter without a word, so this also looks by the clock.
      for (;;) {
        await Promise.all(all().map((mapping) => mapping.look()));
        if (stopping.signal.aborted || all().every(({ behind }) => behind === 0)) return;
        await waitFor(progress.promise, 250, stopping.signal);
      }
    },
    lag: () =>
      all().map(({ settings: { uuid, functionName }, source, behind: records }) => ({
        ...{ uuid, functionName, source, records },
      })),
    groupsOf: (topic) =>
      all()
        .filter(({ settings, source }) => settings.enabled && source === topic)
        .flatMap(({ settings }) => ('groupId' in settings ? [String(settings.groupId)] : [])),
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
      await Promise.all(all().map((mapping) => mapping.saveProgress()));
      await time?.then(
        (opened) => opened.stop(),
        () => undefined, // it was told to whoever defined a mapping
      );
    },
  };
};

type AgeOf = (arrivalMs: number) => number;
