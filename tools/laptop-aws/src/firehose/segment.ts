import { randomUUID } from 'node:crypto';
import { copyFile, type FileHandle, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedLog } from '../disk/damaged-log.ts';
import { syncFolder } from '../disk/promises.ts';
import { encodedBytes, encodeFrame, type Frame, laterWriteAfter, readFrames } from './frames.ts';

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
    try {
      await syncFolder(folder);
    } catch (error) {
      await segment.remove();
      throw error;
    }
    return segment;
  }

  /**
   * The segments that an earlier process left, oldest first. A last write that never became whole, and so was never
   * acknowledged, is cut off; a copy of the file as it was found stays beside it, named `.torn`.
   *
   * @param onTorn is told of what was cut off
   * @throws DamagedLog when an acknowledged record is not whole
   */
  static async recover(folder: string, onTorn: (file: string, wholeBytes: number) => void): Promise<Segment[]> {
    const segments: Segment[] = [];
    for (const name of (await readdir(folder)).filter((name) => segmentName.test(name)).sort()) {
      const segment = new Segment(folder, name);
      await segment.#readBack(onTorn);
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
      const { bytesWritten } = await handle.writev(encoded(frames), this.#fileBytes);
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

  async #readBack(onTorn: (file: string, wholeBytes: number) => void): Promise<void> {
    const { size } = await stat(this.file);
    try {
      for await (const frame of readFrames(this.file, size)) {
        this.#fileBytes += frame.fileBytes;
        this.sizeBytes += frame.data.length;
        this.records += frame.records;
      }
    } catch (error) {
      if (!(error instanceof DamagedLog) || laterWriteAfter(await readFile(this.file), error.offset)) throw error;
      await copyFile(this.file, `${this.file}.torn`);
      await cut(this.file, error.offset);
      onTorn(this.file, error.offset);
    }
  }
}

/** Frames of one write, in the pieces that they are written in. */
const encoded = (frames: readonly Frame[]): Buffer[] => {
  const pieces: Buffer[] = [];
  let back = 0;
  for (const frame of frames) {
    pieces.push(...encodeFrame(frame, back));
    back += encodedBytes(frame);
  }
  return pieces;
};

const cut = async (file: string, end: number): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.truncate(end);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const segmentName = /^(\d+)-([0-9a-f-]{36})\.log$/;
