import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { DamagedLog } from '../disk/damaged-log.ts';

/** What one put brought: its records' bytes one after another, as they will stand in the object. */
export interface Frame {
  readonly records: number;
  readonly data: Buffer;
}

// length u32 | crc32 u32 | records u32 | back u32 | data        (little endian)
//   length   of the data; the highest bit says that there is a `back`, which older logs do not have
//   crc32    of everything behind it; in older logs, of the data alone
//   back     bytes to the start of the write that this frame went to disk with: recovery tells by it whether a bad
//            frame was in the last, unfinished write or in one that had been acknowledged
const headerBytes = 16;
const olderHeaderBytes = 12;
const hasBack = 0x8000_0000;
/** PutRecordBatch takes 4 MiB; a longer frame is no frame. */
const largestFrameBytes = 8 * 1024 * 1024;
/** PutRecordBatch takes 500 records. */
const largestFrameRecords = 500;
const readBytes = 1024 * 1024;

/** What a frame's header says. */
interface Header {
  readonly bytes: number;
  readonly dataBytes: number;
  readonly records: number;
  readonly back: number;
}

/** A frame as it is written, in two pieces, so that its data is not copied. @param back see above */
export const encodeFrame = ({ records, data }: Frame, back: number): [Buffer, Buffer] => {
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32LE((hasBack | data.length) >>> 0, 0);
  header.writeUInt32LE(records, 8);
  header.writeUInt32LE(back, 12);
  header.writeUInt32LE(crc32(data, crc32(header.subarray(8))), 4);
  return [header, data];
};

export const encodedBytes = ({ data }: Frame): number => headerBytes + data.length;

/** A frame with the bytes that it takes in its file. */
export interface ReadFrame extends Frame {
  readonly fileBytes: number;
}

/**
 * The frames of a log file, in order, with about 1 MiB in memory at a time.
 *
 * @param length how much of the file to read
 * @throws DamagedLog after the last frame that is whole
 */
export async function* readFrames(file: string, length: number): AsyncGenerator<ReadFrame> {
  const handle = await open(file);
  try {
    let read = 0;
    let whole = 0;
    let buffered: Buffer = Buffer.alloc(0);
    const damaged = (): DamagedLog => new DamagedLog("Firehose's log", file, whole);
    const buffer = async (wanted: number): Promise<void> => {
      while (buffered.length < wanted && read < length) {
        const block = Buffer.allocUnsafe(Math.min(Math.max(readBytes, wanted - buffered.length), length - read));
        const { bytesRead } = await handle.read(block, 0, block.length, read);
        if (bytesRead === 0) break;
        read += bytesRead;
        buffered = Buffer.concat([buffered, block.subarray(0, bytesRead)]);
      }
      if (buffered.length < wanted) throw damaged();
    };
    while (whole < length) {
      await buffer(olderHeaderBytes);
      await buffer(headerBytesAt(buffered, 0));
      const header = headerAt(buffered, 0);
      if (!header) throw damaged();
      const { bytes, dataBytes, records } = header;
      await buffer(bytes + dataBytes);
      if (!isWhole(buffered, 0, header)) throw damaged();
      const fileBytes = bytes + dataBytes;
      yield { records, data: buffered.subarray(bytes, fileBytes), fileBytes };
      whole += fileBytes;
      buffered = buffered.subarray(fileBytes);
    }
  } finally {
    await handle.close();
  }
}

/** Whether a whole frame of a later write follows a bad one: then the write with the bad one had been acknowledged. */
export const laterWriteAfter = (bytes: Buffer, bad: number): boolean => {
  for (let at = bad + 1; at + olderHeaderBytes <= bytes.length;) {
    const header = headerAt(bytes, at);
    if (!header || !isWhole(bytes, at, header)) {
      at++;
      continue;
    }
    if (at - header.back > bad) return true;
    at += header.bytes + header.dataBytes;
  }
  return false;
};

const headerBytesAt = (bytes: Buffer, at: number): number =>
  bytes.readUInt32LE(at) >= hasBack ? headerBytes : olderHeaderBytes;

/** Undefined when there is none. A frame of an older log counts as a write of its own. */
const headerAt = (bytes: Buffer, at: number): Header | undefined => {
  const length = bytes.readUInt32LE(at);
  const dataBytes = length >= hasBack ? length - hasBack : length;
  const records = bytes.readUInt32LE(at + 8);
  const own = headerBytesAt(bytes, at);
  if (dataBytes > largestFrameBytes || records < 1 || records > largestFrameRecords) return undefined;
  if (at + own > bytes.length) return undefined;
  return { bytes: own, dataBytes, records, back: own === headerBytes ? bytes.readUInt32LE(at + 12) : 0 };
};

const isWhole = (bytes: Buffer, at: number, { bytes: own, dataBytes }: Header): boolean => {
  const end = at + own + dataBytes;
  if (end > bytes.length) return false;
  const from = own === headerBytes ? at + 8 : at + own;
  return crc32(bytes.subarray(from, end)) === bytes.readUInt32LE(at + 4);
};
