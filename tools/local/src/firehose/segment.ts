import { randomUUID } from 'node:crypto';
import { copyFile, type FileHandle, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../s3/durable-files.ts';
import { DamagedLogError, encodedBytes, encodeFrame, type Frame, readFrames } from './frames.ts';

/**
 * One buffer of a delivery stream, and one object of S3 later: a log file on the disk. Its name holds the arrival of
 * the first record and the object's id, so that a delivery that is repeated after a crash writes the same object again.
 */
export class Segment {
  readonly file: string;
  readonly id: string;
  readonly arrival: Date;
  /** Bytes of the records alone: what BufferingHints count. */
  sizeBytes = 0;
  records = 0;
  #fileBytes = 0;
  #handle: FileHandle | undefined;

  private constructor(folder: string, name: string) {
    const [, arrival, id] = segmentName.exec(name) as unknown as [string, string, string];
    this.file = join(folder, name);
    this.arrival = new Date(Number(arrival));
    this.id = id;
  }

  static async create(folder: string, now: number): Promise<Segment> {
    const segment = new Segment(folder, `${now}-${randomUUID()}.log`);
    segment.#handle = await open(segment.file, 'wx');
    syncFolder(folder);
    return segment;
  }

  /**
   * The segments that an earlier process left, oldest first. A last write that never became whole, and so was never
   * acknowledged, is cut off; a copy of the file as it was found stays beside it, named `.damaged`.
   */
  static async recover(folder: string, onDamage: (error: DamagedLogError) => void): Promise<Segment[]> {
    const segments: Segment[] = [];
    for (const name of (await readdir(folder)).filter((name) => segmentName.test(name)).sort()) {
      const segment = new Segment(folder, name);
      await segment.#readBack(onDamage);
      if (segment.records > 0) segments.push(segment);
      else await segment.remove();
    }
    return segments;
  }

  /** Adds frames; when it resolves they are on the disk. When it throws, none of them is part of the segment. */
  async append(frames: readonly Frame[]): Promise<void> {
    const handle = this.#handle as FileHandle;
    const bytes = frames.reduce((sum, frame) => sum + encodedBytes(frame), 0);
    try {
      const { bytesWritten } = await handle.writev(frames.flatMap(encodeFrame), this.#fileBytes);
      if (bytesWritten !== bytes) throw new Error(`wrote ${bytesWritten} of ${bytes} bytes of Firehose's log`);
      await handle.datasync();
    } catch (error) {
      await handle.truncate(this.#fileBytes);
      throw error;
    }
    this.#fileBytes += bytes;
    for (const { data, records } of frames) {
      this.sizeBytes += data.length;
      this.records += records;
    }
  }

  /** The records' bytes, in the order of their arrival. */
  async *payload(): AsyncGenerator<Buffer> {
    for await (const { data } of readFrames(this.file, this.#fileBytes)) yield data;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.file);
  }

  async #readBack(onDamage: (error: DamagedLogError) => void): Promise<void> {
    const { size } = await stat(this.file);
    try {
      for await (const frame of readFrames(this.file, size)) {
        this.#fileBytes += encodedBytes(frame);
        this.sizeBytes += frame.data.length;
        this.records += frame.records;
      }
    } catch (error) {
      if (!(error instanceof DamagedLogError)) throw error;
      await copyFile(this.file, `${this.file}.damaged`);
      await truncate(this.file, error.wholeBytes);
      onDamage(error);
    }
  }
}

const segmentName = /^(\d+)-([0-9a-f-]{36})\.log$/;
