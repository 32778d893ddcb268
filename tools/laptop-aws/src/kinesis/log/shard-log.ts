import { makeFolderDurably } from '../../disk/promises.ts';
import { nextEpoch } from './epoch.ts';
import type { LogRecord } from './log-record.ts';
import { RecentFrames, type ReadLimit } from './recent-frames.ts';
import { openSegments, removeSegment } from './segment-files.ts';
import { firstArrivedAt, readSegment } from './segment-reader.ts';
import { SegmentWriter, type Fsync } from './segment-writer.ts';
import type { Segment } from './segment.ts';
import { sequenceNumber, sequencePrefix, type Position } from './sequence-number.ts';
import { WriteQueue, type Written } from './write-queue.ts';

export interface LogOptions {
  readonly fsync: Fsync;
  /** A segment is closed when it has so many bytes; what the next start may have to read. @default 32 MiB */
  readonly segmentBytes?: number;
  /** How many bytes of the newest frames stay in memory. @default 16 MiB */
  readonly recentBytes?: number;
}

/** A segment is also closed when its first record is so old, so that retention can delete it in time. */
const segmentAgeMs = 60 * 60 * 1000;

/** One shard: an append-only log in segments on disk, its newest records in memory. */
export class ShardLog {
  readonly #dir: string;
  readonly #shard: number;
  readonly #epoch: number;
  readonly #options: Required<LogOptions>;
  readonly #recent: RecentFrames;
  readonly #queue = new WriteQueue((buffers, counts) => this.#write(buffers, counts));
  readonly #segments: Segment[];
  #writer: SegmentWriter | undefined;
  #end: number;
  #appended = Promise.withResolvers<void>();

  private constructor(dir: string, shard: number, options: Required<LogOptions>, segments: Segment[], epoch: number) {
    this.#dir = dir;
    this.#shard = shard;
    this.#options = options;
    this.#segments = segments;
    this.#recent = new RecentFrames(options.recentBytes);
    this.#epoch = epoch;
    this.#end = segments.at(-1)?.end ?? 0;
  }

  /**
   * @param bornMs when the stream was created: no boot's epoch is less
   * @throws DamagedLog when an acknowledged record is not whole
   */
  static async open(dir: string, shard: number, bornMs: number, options: LogOptions): Promise<ShardLog> {
    await makeFolderDurably(dir);
    const all = { segmentBytes: 32 * 1024 * 1024, recentBytes: 16 * 1024 * 1024, ...options };
    const segments = await openSegments(dir);
    const epoch = await nextEpoch(dir, Math.max(Date.now(), bornMs + 1, (segments.at(-1)?.epoch ?? 0) + 1));
    return new ShardLog(dir, shard, all, segments, epoch);
  }

  /** The index behind the last record. */
  get end(): number {
    return this.#end;
  }

  /** The index of the oldest record that is still there; `end` when there is none. */
  get start(): number {
    return this.#segments[0]?.firstIndex ?? this.#end;
  }

  /** When the newest record arrived, milliseconds since 1970; 0 when there is none. */
  get lastArrivalMs(): number {
    return this.#segments.at(-1)?.lastArrivalMs ?? 0;
  }

  /** Settles when the next records have become readable. */
  get appended(): Promise<void> {
    return this.#appended.promise;
  }

  /**
   * Appends `count` frames (see `writeFrame`); resolves when they are on disk as the fsync setting says.
   *
   * @throws when the disk is full or broken; nothing of it is then in the log
   */
  append(frames: Buffer, count: number): Promise<Written> {
    return this.#queue.push(frames, count);
  }

  /** Records from `index` on, or from the oldest that is still there; none at the end. */
  async read(index: number, limit: ReadLimit): Promise<LogRecord[]> {
    const from = Math.max(index, this.start); // memory may still hold what retention has taken
    if (from >= this.#end) return [];
    if (this.#recent.has(from)) return this.#recent.read(from, limit);
    const segment = this.#segments.find(({ end }) => end > from);
    if (!segment) return [];
    const prefix = sequencePrefix(segment.epoch, this.#shard);
    try {
      return await readSegment(segment, prefix, Math.max(from, segment.firstIndex), limit);
    } catch (error) {
      if (this.#segments.includes(segment)) throw error;
      return this.read(index, limit); // retention took the segment away meanwhile
    }
  }

  /** The index of the first record at or behind a position. */
  indexOf({ epoch, index }: Position): number {
    for (const segment of this.#segments) {
      if (segment.epoch > epoch) return segment.firstIndex;
      if (segment.epoch === epoch && index < segment.end) return Math.max(index, segment.firstIndex);
    }
    return this.#end;
  }

  /** Whether the log once went on to a position that is now behind its records: what a power loss does to a position. */
  lost({ epoch, index }: Position): boolean {
    if (epoch > this.#epoch) return true;
    const ofEpoch = this.#segments.filter((segment) => segment.epoch === epoch).at(-1);
    return ofEpoch !== undefined && index > ofEpoch.end;
  }

  /** The index of the first record that arrived at a time or later. */
  async indexAt(timestampMs: number): Promise<number> {
    const segment = this.#segments.find(({ lastArrivalMs }) => lastArrivalMs >= timestampMs);
    return segment ? firstArrivedAt(segment, timestampMs) : this.#end;
  }

  /** An index as a sequence number, by which readers find their place again in a later boot. */
  sequenceNumberAt(index: number): string {
    const segment = this.#segments.find(({ end }) => end > index);
    return sequenceNumber(sequencePrefix(segment?.epoch ?? this.#epoch, this.#shard), index);
  }

  /** Deletes the segments whose every record arrived before a time and lies before an index. */
  async trim(beforeMs: number, neededFrom = Number.POSITIVE_INFINITY): Promise<void> {
    while (this.#segments[0] && this.#segments[0].lastArrivalMs < beforeMs && this.#segments[0].end <= neededFrom) {
      const [oldest] = this.#segments as [Segment];
      if (this.#writer?.segment === oldest) {
        if (this.#queue.busy) return;
        await this.#roll();
      }
      this.#segments.shift();
      await removeSegment(oldest);
    }
  }

  /** Ends what is being written and closes the file. */
  async close(): Promise<void> {
    await this.#queue.close();
    await this.#roll();
  }

  async #write(buffers: readonly Buffer[], counts: readonly number[]): Promise<Written> {
    const writer = await this.#writerWithRoom();
    const { segment } = writer;
    await writer.write(buffers, counts);
    if (this.#segments.at(-1) !== segment) this.#segments.push(segment);
    const prefix = sequencePrefix(this.#epoch, this.#shard);
    const firstIndex = this.#end;
    buffers.forEach((frames, at) => {
      this.#recent.push({ prefix, firstIndex: this.#end, frames, count: counts[at] as number });
      this.#end += counts[at] as number;
    });
    this.#appended.resolve();
    this.#appended = Promise.withResolvers();
    return { prefix, firstIndex };
  }

  async #writerWithRoom(): Promise<SegmentWriter> {
    const current = this.#writer?.segment;
    const { segmentBytes, fsync } = this.#options;
    if (current && (current.bytes >= segmentBytes || Date.now() - current.firstArrivalMs >= segmentAgeMs)) {
      await this.#roll();
    }
    this.#writer ??= await SegmentWriter.create(this.#dir, this.#epoch, this.#end, fsync, this.lastArrivalMs);
    return this.#writer;
  }

  async #roll(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.close();
  }
}
