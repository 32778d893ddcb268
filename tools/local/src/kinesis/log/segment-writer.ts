import { open, type FileHandle } from 'node:fs/promises';
import { frameLength, sealFrame } from './frame.ts';
import { Segment } from './segment.ts';
import { saveIndex, segmentFile, syncFolder } from './segment-files.ts';

/** Whether a write is on the disk before it is acknowledged (`each`), or only in the system's cache (`none`). */
export type Fsync = 'each' | 'none';

/** The file that a shard's log is writing. */
export class SegmentWriter {
  readonly segment: Segment;
  readonly #handle: FileHandle;
  readonly #fsync: Fsync;
  #lastMs: number;

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
    if (fsync === 'each') await syncFolder(dir);
    return new SegmentWriter(segment, handle, fsync, lastMs);
  }

  /**
   * Writes frames as one write. Their records are readable, and part of the segment, once this has returned.
   *
   * @param counts records in each buffer
   * @throws when the disk is full or broken; the end of the file is then unknown until the log is opened again
   */
  async write(buffers: readonly Buffer[], counts: readonly number[]): Promise<void> {
    const { segment } = this;
    const start = segment.bytes;
    const bytes = this.#seal(buffers, start);
    const { bytesWritten } = await this.#handle.writev(buffers, start);
    if (bytesWritten !== bytes) throw new Error(`only ${bytesWritten} of ${bytes} bytes fitted on the disk`);
    if (this.#fsync === 'each') await this.#handle.datasync();
    segment.count += counts.reduce((sum, count) => sum + count, 0);
    segment.bytes = start + bytes;
    segment.lastArrivalMs = this.#lastMs;
  }

  /** Ends the segment: it is not written again. */
  async close(): Promise<void> {
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
