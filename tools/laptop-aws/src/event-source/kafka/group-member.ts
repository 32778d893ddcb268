import type { Batch as FetchedBatch, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { isUnreadable } from '../../kafka/fetch-response.ts';
import { waitFor } from '../wait.ts';

/**
 * How long the group waits for a member that was killed, before others, or its next life, get its partitions. Brokers
 * allow no less unless they are told to (group.min.session.timeout.ms).
 */
const sessionTimeout = 6_000;

/** Under load a fetch brings many records, and without it none waits long. */
const fetching = { minBytes: 32 * 1024, maxWaitTimeInMs: 100 };

export interface GroupMemberOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly groupId: string;
  /**
   * The group has given this member these partitions, and no others, until it is told again.
   *
   * @returns the offsets to fetch from, where that is not the committed one
   */
  readonly assigned: (partitions: readonly number[]) => Promise<ReadonlyMap<number, number>>;
  /** Takes what was fetched of a partition. @returns whether to go on, to wait for `resume`, or where to fetch from instead */
  readonly fetched: (batch: Fetched) => Promise<'more' | 'full' | { readonly from: number }>;
  /** Is told of a batch that cannot be read; in its place, `fetched` gets one record that says so. */
  readonly unreadable: (what: string) => void;
  /** How long to wait after the nth failure in a row. */
  readonly backoffMs: (failures: number) => number;
  /** Is told once of each kind of trouble, and when it is over. */
  readonly say: (line: string) => void;
}

/** Records of a partition, from the offset that was asked for up to, not including, `next`. */
export interface Fetched extends Pick<FetchedBatch, 'partition' | 'messages'> {
  readonly from: number;
  readonly next: number;
}

/**
 * A member of a consumer group that reads a topic for as long as it runs, whatever becomes of the brokers: after a
 * failure it joins again with a new client. It hands over what it fetches and goes on fetching, so that a partition
 * whose records fail holds back no other.
 */
export class GroupMember {
  readonly #options: GroupMemberOptions;
  readonly #stop = new AbortController();
  #consumer: Consumer | undefined;
  #generation: Promise<void> = Promise.resolve();
  #trouble = '';
  #failures = 0;
  #running: Promise<void> | undefined;

  constructor(options: GroupMemberOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Leaves the group. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Fetches a partition again that was full. */
  resume(partition: number): void {
    this.#consumer?.resume([{ topic: this.#options.topic, partitions: [partition] }]);
  }

  /** @throws when the group did not take them, or this member is in no group now */
  async commit(offsets: ReadonlyMap<number, number>): Promise<void> {
    const { topic } = this.#options;
    if (!this.#consumer) throw new Error('not connected');
    await this.#consumer.commitOffsets(
      [...offsets].map(([partition, offset]) => ({ topic, partition, offset: String(offset) })),
    );
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#beMember(signal);
      } catch (error) {
        const { backoffMs, say } = this.#options;
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== this.#trouble) say(`${reason}; tries again`);
        this.#trouble = reason;
        await waitFor(undefined, backoffMs(++this.#failures), signal);
      }
    }
  }

  /** Until stopped; throws what ends it before. */
  async #beMember(signal: AbortSignal): Promise<void> {
    const { kafka, topic, groupId } = this.#options;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout,
      rebalanceTimeout: 2 * sessionTimeout,
      heartbeatInterval: sessionTimeout / 4,
      ...fetching,
      metadataMaxAge: 30_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
    });
    const crashed = Promise.withResolvers<never>();
    crashed.promise.catch(() => undefined);
    consumer.on(consumer.events.CRASH, ({ payload }) => crashed.reject(payload.error));
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.#generation = this.#joined(consumer, payload.memberAssignment[topic] ?? []);
      this.#generation.catch((error: unknown) => crashed.reject(error));
    });
    const stopped = waitFor(undefined, undefined, signal);
    try {
      await Promise.race([consumer.connect(), crashed.promise, stopped]);
      if (signal.aborted) return;
      await consumer.subscribe({ topic, fromBeginning: true });
      this.#consumer = consumer;
      const eachBatch = (payload: EachBatchPayload): Promise<void> => this.#fetched(consumer, payload);
      await Promise.race([consumer.run({ autoCommit: false, eachBatch }), stopped]);
      await Promise.race([crashed.promise, stopped]);
    } finally {
      this.#consumer = undefined;
      await consumer.disconnect();
    }
  }

  async #joined(consumer: Consumer, partitions: readonly number[]): Promise<void> {
    const { topic, assigned, say } = this.#options;
    const from = await assigned(partitions);
    for (const [partition, offset] of from) consumer.seek({ topic, partition, offset: String(offset) });
    if (partitions.length > 0) consumer.resume([{ topic, partitions: [...partitions] }]);
    if (this.#trouble) say('goes on');
    this.#trouble = '';
    this.#failures = 0;
  }

  async #fetched(consumer: Consumer, { batch, pause }: EachBatchPayload): Promise<void> {
    await this.#generation;
    const { topic, partition, messages } = batch;
    const { fetchedOffset } = batch as FetchedBatch & { readonly fetchedOffset: string };
    const [from, next] = [Number(fetchedOffset), Number(batch.lastOffset()) + 1];
    for (const message of messages.filter(isUnreadable)) this.#options.unreadable(String(message.value));
    const then = await this.#options.fetched({ partition, messages, from, next });
    if (then === 'full') pause();
    else if (typeof then === 'object') consumer.seek({ topic, partition, offset: String(then.from) });
  }
}
