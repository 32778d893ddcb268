import { frameArrivalMs, frameData, frameData64, frameDataBytes, frameKey } from './frame.ts';
import { sequenceNumber } from './sequence-number.ts';

/** One record of a shard, read from its frame only when asked. */
export class LogRecord {
  /** Its number in the shard. */
  readonly index: number;
  readonly #prefix: string;
  readonly #frames: Buffer;
  readonly #at: number;

  constructor(prefix: string, index: number, frames: Buffer, at: number) {
    this.#prefix = prefix;
    this.index = index;
    this.#frames = frames;
    this.#at = at;
  }

  get sequenceNumber(): string {
    return sequenceNumber(this.#prefix, this.index);
  }

  /** The least sequence number behind this record: where a reader goes on. */
  get nextSequenceNumber(): string {
    return sequenceNumber(this.#prefix, this.index + 1);
  }

  get arrivalMs(): number {
    return frameArrivalMs(this.#frames, this.#at);
  }

  get partitionKey(): string {
    return frameKey(this.#frames, this.#at);
  }

  get data64(): string {
    return frameData64(this.#frames, this.#at);
  }

  /** A view of the frame. */
  get data(): Buffer {
    return frameData(this.#frames, this.#at);
  }

  get dataBytes(): number {
    return frameDataBytes(this.#frames, this.#at);
  }
}
