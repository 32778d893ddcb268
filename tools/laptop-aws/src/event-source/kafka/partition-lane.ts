import type { AttemptHost } from '../attempt.ts';
import type { FailureDestination } from '../failure-destination.ts';
import { Strand } from '../strand.ts';
import { kafkaFormat, kafkaPlace, offsetIn, partitionName } from './kafka-event.ts';
import { PartitionQueue } from './partition-queue.ts';
import type { KafkaRecord } from './record.ts';
import type { KafkaMappingSettings } from './settings.ts';

export interface LaneOptions extends AttemptHost {
  readonly settings: KafkaMappingSettings;
  readonly partition: number;
  /** Offset of the first record that may not be done. */
  readonly from: number;
  readonly wants: ((record: KafkaRecord) => boolean) | undefined;
  readonly backoffMs: (failures: number) => number;
  /** How old records are that arrived at a moment, both in milliseconds. */
  readonly ageOf: (arrivalMs: number) => number;
  readonly destination: FailureDestination | undefined;
  /** More is done than before. */
  readonly moved: () => void;
  /** It was full and takes records again. */
  readonly hasRoom: () => void;
  readonly say: (line: string) => void;
}

/** One partition of one mapping, while this mapping's member of the group has it. */
export class PartitionLane {
  readonly partition: number;
  readonly #queue: PartitionQueue;
  readonly #strand: Strand<KafkaRecord>;
  readonly #say: (line: string) => void;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor({ partition, from, wants, hasRoom, ...options }: LaneOptions) {
    const { settings } = options;
    const name = partitionName(settings.topic, partition);
    this.partition = partition;
    this.#say = options.say;
    this.#queue = new PartitionQueue(from, wants, hasRoom);
    this.#strand = new Strand(this.#queue, {
      ...options,
      format: kafkaFormat(settings, partition),
      placeOf: (batch) => kafkaPlace(settings.bootstrapServers, name, batch),
      identify: offsetIn(name),
    });
  }

  /** Before this offset, every record is done. */
  get done(): number {
    return this.#strand.next;
  }

  /** The offset that it is to be given next. */
  get expected(): number {
    return this.#queue.end;
  }

  get full(): boolean {
    return this.#queue.full;
  }

  /**
   * Takes what was fetched.
   *
   * @param from the offset that was asked for: whatever is missing behind it does not exist
   * @param next the offset to ask for after this
   * @returns false when it is not what comes next, and nothing was taken
   */
  accept(records: readonly KafkaRecord[], from: number, next: number): boolean {
    const { expected } = this;
    if (from > expected) return false;
    if (next > expected) {
      this.#queue.push(
        records.filter(({ index }) => index >= expected),
        next,
      );
    }
    return true;
  }

  start(): void {
    this.#running ??= this.#strand.run(this.#stop.signal).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(`stopped until the platform is started again: ${reason}`);
    });
  }

  /** Begins no more invocations; resolves when the one in flight has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}
