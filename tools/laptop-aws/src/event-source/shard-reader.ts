import type { LogRecord } from '../kinesis/log/log-record.ts';
import type { ShardLog } from '../kinesis/log/shard-log.ts';
import type { RecordReader } from './source-record.ts';

/** What one look at the log fetches at most. */
const fetchLimit = { records: 10_000, bytes: 1024 * 1024 };

export interface ShardReaderOptions {
  /** Index of the first record. */
  readonly from: number;
  /** Records that it does not want are passed over. @default all are wanted */
  readonly wants?: ((record: LogRecord) => boolean) | undefined;
  /** Is told when retention deleted records before they were read: those from `from` to, not including, `to`. */
  readonly expired: (from: number, to: number) => void;
}

/** Reads a shard from a place on, record by record. */
export class ShardReader implements RecordReader<LogRecord> {
  readonly #log: ShardLog;
  readonly #options: ShardReaderOptions;
  #fetched: LogRecord[] = [];
  #at = 0;
  #next: number;

  constructor(log: ShardLog, options: ShardReaderOptions) {
    this.#log = log;
    this.#options = options;
    this.#next = options.from;
  }

  /** Settles when the log has more records than when it was asked for. */
  get appended(): Promise<void> {
    return this.#log.appended;
  }

  /** Every record before this index has been taken or is not wanted. */
  get position(): number {
    return this.#fetched[this.#at]?.index ?? this.#next;
  }

  /** The next wanted record among those that have been fetched. */
  peek(): LogRecord | undefined {
    const { wants } = this.#options;
    for (let record = this.#fetched[this.#at]; record; record = this.#fetched[this.#at]) {
      if (!wants || wants(record)) return record;
      this.#at++;
    }
    return undefined;
  }

  take(): void {
    this.#at++;
  }

  /** Fetches more when all fetched records are taken; false at the end of the log. */
  async fetch(): Promise<boolean> {
    if (this.#at < this.#fetched.length) return true;
    this.#fetched = await this.#log.read(this.#next, fetchLimit);
    this.#at = 0;
    const [first] = this.#fetched;
    const last = this.#fetched.at(-1);
    if (!first || !last) return false;
    if (first.index > this.#next) this.#options.expired(this.#next, first.index);
    this.#next = last.index + 1;
    return true;
  }
}
