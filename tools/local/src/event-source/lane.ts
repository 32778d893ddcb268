import type { Functions } from '../lambda/functions.ts';
import type { Shard } from '../kinesis/shard.ts';
import type { Batch } from './batch.ts';
import { gather } from './gather.ts';
import { recordWriter } from './kinesis-event.ts';
import type { Limiter } from './limiter.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { isSpent, tooOld } from './retry.ts';
import { ShardReader } from './shard-reader.ts';
import { waitFor } from './wait.ts';

/** What lanes share. */
export interface LaneHost {
  readonly functions: Pick<Functions, 'invoke'>;
  readonly limiter: Limiter;
  readonly log: (line: string) => void;
  /** How long a shard rests after the nth failure in a row. */
  readonly backoffMs: (failures: number) => number;
  /** Records of the shard are done up to, not including, this sequence number. */
  readonly done: (shard: Shard, nextSequenceNumber: string) => void;
  /** An invocation has ended. */
  readonly tried: (outcome: Outcome) => void;
}

/** One shard of one mapping: its records go to the function in order, one batch at a time. */
export class Lane {
  readonly #shard: Shard;
  readonly #settings: MappingSettings;
  readonly #host: LaneHost;
  readonly #stop = new AbortController();
  #next: number;
  #running: Promise<void> | undefined;

  /** @param index of the first record that is not done */
  constructor(shard: Shard, index: number, settings: MappingSettings, host: LaneHost) {
    this.#shard = shard;
    this.#next = index;
    this.#settings = settings;
    this.#host = host;
  }

  /** Records that are in the shard and not done. */
  get behind(): number {
    const { log } = this.#shard;
    return Math.max(0, log.end - Math.max(this.#next, log.start));
  }

  start(): void {
    this.#running ??= this.#run().catch((error: unknown) => {
      this.#say(
        `stopped until the platform is started again: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }

  /** Begins no more invocations; resolves when the one in flight has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { functionName, streamArn } = this.#settings;
    const write = recordWriter(streamArn, this.#shard.id, functionName);
    const reader = new ShardReader(this.#shard.log, this.#next, (records) =>
      this.#say(`${records} records expired before they were read`),
    );
    for (;;) {
      const batch = await gather(reader, write, this.#settings, this.#stop.signal);
      if (!batch) return;
      await this.#deliver(batch);
    }
  }

  /** Sends a batch again and again, each time without what is done, until nothing is left of it. */
  async #deliver(batch: Batch): Promise<void> {
    let left = this.#withoutTooOld(batch);
    for (let failures = 0, throttles = 0; left.size > 0 && !this.#stop.signal.aborted;) {
      const outcome = await this.#attempt(left);
      if (!outcome) return;
      const { done, failure, throttled } = outcome;
      this.#passed(left, done);
      left = left.from(done);
      if (left.size === 0) return;
      if (done > 0) failures = throttles = 0;
      if (throttled) throttles++;
      else failures++;
      if (isSpent(failures, this.#settings)) {
        this.#giveUp(left, left.size, `${failures} attempts failed`);
        return;
      }
      const restMs = this.#host.backoffMs(failures + throttles);
      this.#say(`${left.size} records come again in ${restMs} ms: ${failure}`);
      await waitFor(undefined, restMs, this.#stop.signal);
      left = this.#withoutTooOld(left);
    }
  }

  /** Undefined when stopped before the function had room for it. */
  async #attempt(batch: Batch): Promise<(Outcome & { throttled?: boolean }) | undefined> {
    if (batch.tooLarge) return { done: 0, failure: "the record is larger than Lambda's payload limit of 6 MB" };
    const { functionName, reportsItemFailures } = this.#settings;
    const { functions, limiter, tried } = this.#host;
    try {
      const invocation = await limiter.run(functionName, async () =>
        this.#stop.signal.aborted ? undefined : functions.invoke(functionName, batch.payload),
      );
      if (!invocation) return undefined;
      const outcome = outcomeOf(invocation, batch.sequenceNumbers, reportsItemFailures);
      tried(outcome);
      return outcome;
    } catch (error) {
      const failure = `the function could not be invoked: ${error instanceof Error ? error.message : String(error)}`;
      tried({ done: 0, failure });
      return { done: 0, failure, throttled: true };
    }
  }

  #withoutTooOld(batch: Batch): Batch {
    const old = tooOld(batch, this.#settings, Date.now());
    if (old > 0) this.#giveUp(batch, old, 'older than MaximumRecordAgeInSeconds');
    return batch.from(old);
  }

  /** Without an on-failure destination the records are gone for this function, as on AWS; the log keeps their place. */
  #giveUp(batch: Batch, records: number, why: string): void {
    const [first] = batch.records;
    const last = batch.records[records - 1];
    this.#say(`gave up ${records} records, ${first?.sequenceNumber} to ${last?.sequenceNumber}: ${why}`);
    this.#passed(batch, records);
  }

  #passed(batch: Batch, records: number): void {
    const last = batch.records[records - 1];
    if (!last) return;
    this.#next = last.index + 1;
    this.#host.done(this.#shard, last.nextSequenceNumber);
  }

  #say(what: string): void {
    this.#host.log(`event source ${this.#settings.functionName} ${this.#shard.id}: ${what}`);
  }
}
