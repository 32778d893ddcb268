import { frameDataBytes, frameLength } from './frame.ts';
import { LogRecord } from './log-record.ts';

/** How much one read may return; at least one record is returned where there is one. */
export interface ReadLimit {
  readonly records: number;
  /** Bytes of data, partition keys not counted. */
  readonly bytes: number;
}

/** The records of some frames in a row. */
export interface Run {
  readonly prefix: string;
  readonly firstIndex: number;
  readonly frames: Buffer;
}

/** The newest frames of a shard, kept in memory up to a number of bytes: readers that keep up never touch the disk. */
export class RecentFrames {
  readonly #limitBytes: number;
  #runs: (Run & { readonly count: number })[] = [];
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  push(run: Run & { readonly count: number }): void {
    this.#runs.push(run);
    this.#bytes += run.frames.length;
    if (this.#bytes <= this.#limitBytes * 1.25) return;
    let dropped = 0;
    while (this.#bytes > this.#limitBytes && dropped < this.#runs.length - 1) {
      this.#bytes -= (this.#runs[dropped++] as Run).frames.length;
    }
    this.#runs = this.#runs.slice(dropped);
  }

  has(index: number): boolean {
    const [oldest] = this.#runs;
    const newest = this.#runs.at(-1);
    return (
      oldest !== undefined &&
      newest !== undefined &&
      index >= oldest.firstIndex &&
      index < newest.firstIndex + newest.count
    );
  }

  /** @param index one that is here, see `has` */
  read(index: number, limit: ReadLimit): LogRecord[] {
    const into: LogRecord[] = [];
    let bytes = 0;
    for (let at = this.#runWith(index); at < this.#runs.length; at++) {
      const taken = takeRecords(this.#runs[at] as Run, index, limit, bytes, into);
      if (taken.full) break;
      bytes = taken.bytes;
    }
    return into;
  }

  #runWith(index: number): number {
    let low = 0;
    for (let high = this.#runs.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((this.#runs[middle] as Run).firstIndex <= index) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Appends a run's records from `index` on, until the limit is reached; `bytes` were taken before. */
export const takeRecords = (
  { prefix, firstIndex, frames }: Run,
  index: number,
  limit: ReadLimit,
  bytes: number,
  into: LogRecord[],
): { full: boolean; bytes: number } => {
  for (let at = 0, each = firstIndex; at < frames.length; at += frameLength(frames, at), each++) {
    if (each < index) continue;
    const dataBytes = frameDataBytes(frames, at);
    if (into.length > 0 && (into.length >= limit.records || bytes + dataBytes > limit.bytes))
      return { full: true, bytes };
    into.push(new LogRecord(prefix, each, frames, at));
    bytes += dataBytes;
  }
  return { full: false, bytes };
};
