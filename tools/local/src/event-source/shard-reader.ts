import type { LogRecord } from '../kinesis/log/log-record.ts';
import type { ShardLog } from '../kinesis/log/shard-log.ts';

/** What one look at the log fetches at most. */
const fetchLimit = { records: 10_000, bytes: 1024 * 1024 };

/** Reads a shard from a place on, record by record. */
export class ShardReader {
  readonly #log: ShardLog;
  readonly #skipped: (records: number) => void;
  #fetched: LogRecord[] = [];
  #at = 0;
  #next: number;

  /** @param skipped is told of records that retention deleted before they were read */
  constructor(log: ShardLog, index: number, skipped: (records: number) => void) {
    this.#log = log;
    this.#next = index;
    this.#skipped = skipped;
  }

  /** Settles when the log has more records than when it was asked for. */
  get appended(): Promise<void> {
    return this.#log.appended;
  }

  /** The next record among those that have been fetched. */
  peek(): LogRecord | undefined {
    return this.#fetched[this.#at];
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
    if (first.index > this.#next) this.#skipped(first.index - this.#next);
    this.#next = last.index + 1;
    return true;
  }
}
