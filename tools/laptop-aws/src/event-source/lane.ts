import { crc32 } from 'node:zlib';
import type { LogRecord } from '../kinesis/log/log-record.ts';
import type { Shard } from '../kinesis/shard.ts';
import type { AttemptHost } from './attempt.ts';
import type { Batch } from './batch.ts';
import type { DestinationOf } from './failure-destination.ts';
import type { RecordFilter } from './filter/record-filter.ts';
import { kinesisPlace } from './failure-record.ts';
import { eventBytes, eventText, recordWriter } from './kinesis-event.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { ShardReader } from './shard-reader.ts';
import { Strand } from './strand.ts';

/** What lanes share. */
export interface LaneHost extends AttemptHost {
  readonly log: (line: string) => void;
  /** How long records rest after the nth failure in a row. */
  readonly backoffMs: (failures: number) => number;
  /** How old records are that arrived at a moment, both in milliseconds. */
  readonly ageOf: (arrivalMs: number) => number;
  readonly destinationOf: DestinationOf;
  /** Which records the function wants; undefined when all. */
  readonly filter: RecordFilter | undefined;
  /** Records of the shard are done up to, not including, this sequence number. */
  readonly done: (shard: Shard, nextSequenceNumber: string) => void;
}

/**
 * One shard of one mapping. With a parallelization factor of n its partition keys are shared out over n strands, which
 * go on beside each other: "Lambda still ensures in-order processing at the partition-key level"
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html). Each strand reads the shard itself,
 * so that one whose records fail holds back no other.
 */
export class Lane {
  readonly #shard: Shard;
  readonly #settings: MappingSettings;
  readonly #host: LaneHost;
  readonly #strands: readonly Strand<LogRecord>[];
  readonly #stop = new AbortController();
  #next: number;
  #expiredTo = 0;
  #running: Promise<unknown> | undefined;

  /** @param index of the first record that may not be done */
  constructor(shard: Shard, index: number, settings: MappingSettings, host: LaneHost) {
    this.#shard = shard;
    this.#next = index;
    this.#settings = settings;
    this.#host = host;
    const { onFailure, streamArn, functionName } = settings;
    const shared = {
      ...host,
      settings,
      format: { write: recordWriter(streamArn, shard.id, functionName), shape: { text: eventText, bytes: eventBytes } },
      placeOf: (batch: Batch) => kinesisPlace(streamArn, shard.id, batch),
      destination: onFailure === undefined ? undefined : host.destinationOf(onFailure),
      moved: () => this.#moved(),
      say: (line: string) => this.#say(line),
    };
    const { parallelization } = settings;
    const expired = (from: number, to: number): void => this.#expired(from, to);
    this.#strands = Array.from({ length: parallelization }, (_, strand) => {
      const wants = wantedBy(strand, parallelization, host.filter);
      return new Strand(new ShardReader(shard.log, { from: index, wants, expired }), shared);
    });
  }

  /** The index of the first record that may not be done. */
  get next(): number {
    return this.#next;
  }

  /** Records that are in the shard and behind its checkpoint. */
  get behind(): number {
    const { log } = this.#shard;
    return Math.max(0, log.end - Math.max(this.#next, log.start));
  }

  start(): void {
    this.#running ??= Promise.all(
      this.#strands.map((strand) =>
        strand.run(this.#stop.signal).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          this.#say(`stopped until the platform is started again: ${reason}`);
        }),
      ),
    );
  }

  /** Begins no more invocations; resolves when those in flight have ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** The checkpoint is that of the strand that is least far: it never passes a record that is not done. */
  #moved(): void {
    const next = Math.min(...this.#strands.map((strand) => strand.next));
    if (next <= this.#next) return;
    this.#next = next;
    this.#host.done(this.#shard, this.#shard.log.sequenceNumberAt(next));
  }

  /** Strands meet the same gap one after the other; it is told once. */
  #expired(from: number, to: number): void {
    const records = to - Math.max(from, this.#expiredTo);
    if (records > 0) this.#say(`${records} records expired before they were read`);
    this.#expiredTo = Math.max(to, this.#expiredTo);
  }

  #say(what: string): void {
    this.#host.log(`event source ${this.#settings.functionName} ${this.#shard.id}: ${what}`);
  }
}

/** A partition key is always of the same strand. */
const wantedBy = (
  strand: number,
  strands: number,
  filter: RecordFilter | undefined,
): ((record: LogRecord) => boolean) | undefined => {
  if (strands === 1) return filter;
  return (record) => crc32(record.partitionKey) % strands === strand && (!filter || filter(record));
};
