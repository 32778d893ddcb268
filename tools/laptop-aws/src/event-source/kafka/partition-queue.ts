import type { RecordReader } from '../source-record.ts';
import type { KafkaRecord } from './record.ts';

/** A queue that holds more takes no more; one that holds half of it or less does again. */
const most = { records: 20_000, bytes: 4 * 1024 * 1024 };

/** Records of a partition that have been fetched and not been taken. */
export class PartitionQueue implements RecordReader<KafkaRecord> {
  readonly #wants: ((record: KafkaRecord) => boolean) | undefined;
  readonly #hasRoom: () => void;
  #records: KafkaRecord[] = [];
  #at = 0;
  #bytes = 0;
  #end: number;
  #wasFull = false;
  #more = Promise.withResolvers<void>();

  /**
   * @param from offset of the first record
   * @param wants records that it does not want are passed over
   * @param hasRoom is told when a queue that was full has room again
   */
  constructor(from: number, wants: ((record: KafkaRecord) => boolean) | undefined, hasRoom: () => void) {
    this.#end = from;
    this.#wants = wants;
    this.#hasRoom = hasRoom;
  }

  get appended(): Promise<void> {
    return this.#more.promise;
  }

  get position(): number {
    return this.#records[this.#at]?.index ?? this.#end;
  }

  /** The offset behind the last record that was pushed: the next one to be fetched. */
  get end(): number {
    return this.#end;
  }

  get full(): boolean {
    const left = this.#records.length - this.#at;
    this.#wasFull ||= left >= most.records || this.#bytes >= most.bytes;
    return this.#wasFull;
  }

  /** @param next the offset to fetch from after these; there are offsets without a record */
  push(records: readonly KafkaRecord[], next: number): void {
    if (this.#at > 0) {
      this.#records.splice(0, this.#at);
      this.#at = 0;
    }
    for (const record of records) {
      this.#records.push(record);
      this.#bytes += record.dataBytes;
    }
    this.#end = next;
    this.#more.resolve();
    this.#more = Promise.withResolvers();
  }

  peek(): KafkaRecord | undefined {
    for (let record = this.#records[this.#at]; record; record = this.#records[this.#at]) {
      if (!this.#wants || this.#wants(record)) return record;
      this.take();
    }
    return undefined;
  }

  take(): void {
    this.#bytes -= this.#records[this.#at]?.dataBytes ?? 0;
    this.#at++;
    const left = this.#records.length - this.#at;
    if (!this.#wasFull || left > most.records / 2 || this.#bytes > most.bytes / 2) return;
    this.#wasFull = false;
    this.#hasRoom();
  }

  /** Others fetch for it. */
  async fetch(): Promise<boolean> {
    return this.#at < this.#records.length;
  }
}
