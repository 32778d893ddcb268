import type { KafkaMessage } from 'kafkajs';
import type { SourceRecord } from '../source-record.ts';

/** A record of a topic's partition. */
export class KafkaRecord implements SourceRecord {
  /** Its offset. */
  readonly index: number;
  readonly #message: KafkaMessage;

  constructor(message: KafkaMessage) {
    this.#message = message;
    this.index = Number(message.offset);
  }

  /** Its offset, as text. */
  get sequenceNumber(): string {
    return this.#message.offset;
  }

  /** When it arrived, or, where the topic keeps the producers' times, when it was made. */
  get arrivalMs(): number {
    return Number(this.#message.timestamp);
  }

  get timestampType(): 'CREATE_TIME' | 'LOG_APPEND_TIME' {
    const { batchContext } = this.#message as { readonly batchContext?: { readonly timestampType?: number } };
    return batchContext?.timestampType === 1 ? 'LOG_APPEND_TIME' : 'CREATE_TIME';
  }

  get key(): Buffer | null {
    return this.#message.key;
  }

  /** Its value; nothing for a record that deletes its key. */
  get data(): Buffer {
    return this.#message.value ?? none;
  }

  get dataBytes(): number {
    return this.#message.value?.length ?? 0;
  }

  get hasValue(): boolean {
    return this.#message.value !== null;
  }

  /** Name and value, in their order; a name may come more than once. */
  get headers(): readonly (readonly [string, Buffer])[] {
    return Object.entries(this.#message.headers ?? {}).flatMap(([name, values]) =>
      [values].flat().map((value) => [name, Buffer.from(value ?? '')] as const),
    );
  }
}

const none = Buffer.alloc(0);
