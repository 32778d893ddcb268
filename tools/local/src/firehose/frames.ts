import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** What one put brought: its records' bytes one after another, as they will stand in the object. */
export interface Frame {
  readonly records: number;
  readonly data: Buffer;
}

/** Length, CRC-32 of the data, and number of records: 32 bits each, little-endian. */
const headerBytes = 12;
/** PutRecordBatch takes 4 MiB; a longer frame is no frame. */
const largestFrameBytes = 8 * 1024 * 1024;
const readBytes = 1024 * 1024;

/** Thrown where the log stops making sense. */
export class DamagedLogError extends Error {
  override readonly name = 'DamagedLogError';
  /** Everything before this position of the file is whole. */
  readonly wholeBytes: number;

  constructor(file: string, wholeBytes: number) {
    super(`${file} is damaged from byte ${wholeBytes} on`);
    this.wholeBytes = wholeBytes;
  }
}

/** A frame as it is written, in two pieces, so that its data is not copied. */
export const encodeFrame = ({ records, data }: Frame): [Buffer, Buffer] => {
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32LE(data.length, 0);
  header.writeUInt32LE(crc32(data), 4);
  header.writeUInt32LE(records, 8);
  return [header, data];
};

export const encodedBytes = ({ data }: Frame): number => headerBytes + data.length;

/**
 * The frames of a log file, in order, with about 1 MiB in memory at a time.
 *
 * @param length how much of the file to read
 * @throws DamagedLogError after the last frame that is whole
 */
export async function* readFrames(file: string, length: number): AsyncGenerator<Frame> {
  const handle = await open(file);
  try {
    let read = 0;
    let whole = 0;
    let buffered: Buffer = Buffer.alloc(0);
    const buffer = async (wanted: number): Promise<void> => {
      while (buffered.length < wanted && read < length) {
        const block = Buffer.allocUnsafe(Math.min(Math.max(readBytes, wanted - buffered.length), length - read));
        const { bytesRead } = await handle.read(block, 0, block.length, read);
        if (bytesRead === 0) break;
        read += bytesRead;
        buffered = Buffer.concat([buffered, block.subarray(0, bytesRead)]);
      }
      if (buffered.length < wanted) throw new DamagedLogError(file, whole);
    };
    while (whole < length) {
      await buffer(headerBytes);
      const dataBytes = buffered.readUInt32LE(0);
      if (dataBytes > largestFrameBytes) throw new DamagedLogError(file, whole);
      await buffer(headerBytes + dataBytes);
      const data = buffered.subarray(headerBytes, headerBytes + dataBytes);
      if (crc32(data) !== buffered.readUInt32LE(4)) throw new DamagedLogError(file, whole);
      yield { records: buffered.readUInt32LE(8), data };
      whole += headerBytes + dataBytes;
      buffered = buffered.subarray(headerBytes + dataBytes);
    }
  } finally {
    await handle.close();
  }
}
