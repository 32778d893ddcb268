import type { RecordData, StreamPayload } from '../lambda/stream-payload.ts';
import { largestPayloadBytes, recordBytes } from './kinesis-event.ts';
import type { EventShape, RecordFormat, SourceRecord } from './source-record.ts';

/** Records of one shard or partition, in order, that go to the function in one invocation. */
export class Batch<Some extends SourceRecord = SourceRecord> {
  readonly records: readonly Some[];
  readonly #shape: EventShape;
  readonly #texts: readonly string[];
  readonly #bytes: number;

  constructor(shape: EventShape, records: readonly Some[], texts: readonly string[], bytes: number) {
    this.#shape = shape;
    this.records = records;
    this.#texts = texts;
    this.#bytes = bytes;
  }

  get size(): number {
    return this.records.length;
  }

  /** Only a single record can be too large; where there are more, the batch was ended before. */
  get tooLarge(): boolean {
    return this.#sizeBytes > largestPayloadBytes;
  }

  get payload(): StreamPayload {
    return { text: this.#shape.text(this.#texts), sizeBytes: this.#sizeBytes, data: () => dataOf(this.records) };
  }

  get sequenceNumbers(): string[] {
    return this.records.map(({ sequenceNumber }) => sequenceNumber);
  }

  get #sizeBytes(): number {
    return this.#shape.bytes(this.#bytes, this.size);
  }

  /** The batch without its first records. */
  from(at: number): Batch<Some> {
    return this.#slice(at, this.size);
  }

  /** So many of its first records. */
  first(records: number): Batch<Some> {
    return this.#slice(0, records);
  }

  #slice(from: number, to: number): Batch<Some> {
    if (from === 0 && to === this.size) return this;
    const [records, texts] = [this.records.slice(from, to), this.#texts.slice(from, to)];
    const bytes = records.reduce((sum, record, at) => sum + recordBytes(texts[at] as string, record), 0);
    return new Batch(this.#shape, records, texts, bytes);
  }
}

/** A batch while it fills. */
export class BatchBuilder<Some extends SourceRecord> {
  readonly #write: (record: Some) => string;
  readonly #shape: EventShape;
  readonly #batchSize: number;
  readonly #records: Some[] = [];
  readonly #texts: string[] = [];
  #bytes = 0;

  constructor({ write, shape }: RecordFormat<Some>, batchSize: number) {
    this.#write = write;
    this.#shape = shape;
    this.#batchSize = batchSize;
  }

  get size(): number {
    return this.#records.length;
  }

  get full(): boolean {
    return this.size === this.#batchSize;
  }

  /** Takes a record, unless the event would be over Lambda's payload limit by it; a first record is always taken. */
  add(record: Some): boolean {
    const text = this.#write(record);
    const bytes = this.#bytes + recordBytes(text, record);
    if (this.size > 0 && this.#shape.bytes(bytes, this.size + 1) > largestPayloadBytes) return false;
    this.#records.push(record);
    this.#texts.push(text);
    this.#bytes = bytes;
    return true;
  }

  batch(): Batch<Some> {
    return new Batch(this.#shape, this.#records, this.#texts, this.#bytes);
  }
}

const dataOf = (records: readonly SourceRecord[]): RecordData => {
  const bytes = Buffer.allocUnsafeSlow(records.reduce((sum, { dataBytes }) => sum + dataBytes, 0));
  const ends = new Uint32Array(records.length);
  let at = 0;
  for (const [index, record] of records.entries()) ends[index] = at += record.data.copy(bytes, at);
  return { bytes, ends };
};
