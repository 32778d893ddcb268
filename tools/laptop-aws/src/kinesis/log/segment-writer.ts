import { open, rm, type FileHandle } from 'node:fs/promises';
import { frameLength, sealFrame } from './frame.ts';
import { syncFolder } from '../../disk/promises.ts';
import { Segment } from './segment.ts';
import { saveIndex, segmentFile } from './segment-files.ts';

/** Whether a write is on the disk before it is acknowledged (`each`), or only in the system's cache (`none`). */
export type Fsync = 'each' | 'none';

/** The file that a shard's log is writing. */
export class SegmentWriter {
  readonly segment: Segment;
  readonly #handle: FileHandle;
  readonly #fsync: Fsync;
  #lastMs: number;
  /** A write failed: the file may hold part of it. */
  #torn = false;

  private constructor(segment: Segment, handle: FileHandle, fsync: Fsync, lastMs: number) {
    this.segment = segment;
    this.#handle = handle;
    this.#fsync = fsync;
    this.#lastMs = lastMs;
  }

  /** @param lastMs arrival of the shard's last record; arrivals never go back, whatever the clock does */
  static async create(
    dir: string,
    epoch: number,
    firstIndex: number,
    fsync: Fsync,
    lastMs: number,
  ): Promise<SegmentWriter> {
    const segment = new Segment(segmentFile(dir, epoch, firstIndex), epoch, firstIndex);
    const handle = await open(segment.file, 'wx');
    try {
      if (fsync === 'each') await syncFolder(dir);
    } catch (error) {
      await handle.close();
      await rm(segment.file, { force: true });
      throw error;
    }
    return new SegmentWriter(segment, handle, fsync, lastMs);
  }

  /**
   * Writes frames as one write. Their records are readable, and part of the segment, once this has returned.
   *
   * @param counts records in each buffer
   * @throws when the disk is full or broken; the next write then begins by cutting off what may be there of this one
   */
  async write(buffers: readonly Buffer[], counts: readonly number[]): Promise<void> {
    const { segment } = this;
    if (this.#torn) await this.#repair();
    const start = segment.bytes;
    this.#torn = true;
    const bytes = this.#seal(buffers, start);
    const { bytesWritten } = await this.#handle.writev(buffers, start);
    if (bytesWritten !== bytes) throw new Error(`only ${bytesWritten} of ${bytes} bytes fitted on the disk`);
    if (this.#fsync === 'each') await this.#handle.datasync();
    segment.count += counts.reduce((sum, count) => sum + count, 0);
    segment.bytes = start + bytes;
    segment.lastArrivalMs = this.#lastMs;
    this.#torn = false;
  }

  async #repair(): Promise<void> {
    await this.#handle.truncate(this.segment.bytes);
    if (this.#fsync === 'each') await this.#handle.sync();
    this.segment.forgetFrom(this.segment.bytes);
    this.#torn = false;
  }

  /** Ends the segment: it is not written again. */
  async close(): Promise<void> {
    if (this.#torn) await this.#repair();
    await this.#handle.close();
    await saveIndex(this.segment);
  }

  #seal(buffers: readonly Buffer[], start: number): number {
    this.#lastMs = Math.max(this.#lastMs, Date.now());
    let offset = start;
    let index = this.segment.end;
    for (const frames of buffers) {
      for (let at = 0; at < frames.length; index++) {
        sealFrame(frames, at, offset - start, this.#lastMs);
        this.segment.note(index, offset, this.#lastMs);
        const length = frameLength(frames, at);
        at += length;
        offset += length;
      }
    }
    return offset - start;
  }
}
