import { crc32 } from 'node:zlib';

// length u32 | crc32 u32 | back u32 | arrival f64 | key bytes u16 | key | data        (little endian)
//   length   of the whole frame
//   crc32    of everything behind it
//   back     bytes to the start of the write that this frame went to disk with: recovery tells by it whether a bad
//            frame was in the last, unfinished write or in one that had been acknowledged
//   arrival  milliseconds since 1970, never less than that of the frame before
const lengthAt = 0;
const crcAt = 4;
const backAt = 8;
const arrivalAt = 12;
const keyBytesAt = 20;

/** Bytes of a frame before its partition key. */
export const headerBytes = 22;

/** A partition key's limit is 256 characters, of at most 3 bytes each in UTF-8. */
const largestKeyBytes = 256 * 3;
/** 2020: frames older than that are not frames. */
const earliestArrivalMs = 1_577_836_800_000;
const latestArrivalMs = 8.64e15;

/**
 * Writes a record's frame without what only the write to disk can say (see `sealFrame`).
 *
 * @param data base64
 * @returns the frame's length, or 0 when `data` is not base64
 */
export const writeFrame = (
  target: Buffer,
  at: number,
  key: string,
  keyBytes: number,
  data: string,
  dataBytes: number,
): number => {
  const length = headerBytes + keyBytes + dataBytes;
  target.writeUInt32LE(length, at + lengthAt);
  target.writeUInt16LE(keyBytes, at + keyBytesAt);
  target.write(key, at + headerBytes, keyBytes, 'utf8');
  const written = target.write(data, at + headerBytes + keyBytes, dataBytes, 'base64');
  return written === dataBytes ? length : 0;
};

/** Completes a frame on its way to disk: distance to the start of its write, arrival, checksum. */
export const sealFrame = (frames: Buffer, at: number, back: number, arrivalMs: number): void => {
  frames.writeUInt32LE(back, at + backAt);
  frames.writeDoubleLE(arrivalMs, at + arrivalAt);
  frames.writeUInt32LE(crcOf(frames, at, frameLength(frames, at)), at + crcAt);
};

export const frameLength = (frames: Buffer, at: number): number => frames.readUInt32LE(at + lengthAt);

export const frameBack = (frames: Buffer, at: number): number => frames.readUInt32LE(at + backAt);

export const frameArrivalMs = (frames: Buffer, at: number): number => frames.readDoubleLE(at + arrivalAt);

export const frameKey = (frames: Buffer, at: number): string =>
  frames.toString('utf8', at + headerBytes, at + headerBytes + frames.readUInt16LE(at + keyBytesAt));

/** A record's data as base64, straight from the frame. */
export const frameData64 = (frames: Buffer, at: number): string =>
  frames.toString('base64', at + headerBytes + frames.readUInt16LE(at + keyBytesAt), at + frameLength(frames, at));

/** A record's data: a view, no copy. */
export const frameData = (frames: Buffer, at: number): Buffer =>
  frames.subarray(at + headerBytes + frames.readUInt16LE(at + keyBytesAt), at + frameLength(frames, at));

export const frameDataBytes = (frames: Buffer, at: number): number =>
  frameLength(frames, at) - headerBytes - frames.readUInt16LE(at + keyBytesAt);

/** Whether a whole, undamaged frame stands there. Cheap checks come first, so that bytes can be searched for one. */
export const isFrame = (bytes: Buffer, at: number): boolean => {
  if (at + headerBytes > bytes.length) return false;
  const length = frameLength(bytes, at);
  const keyBytes = bytes.readUInt16LE(at + keyBytesAt);
  if (length < headerBytes + keyBytes || at + length > bytes.length || keyBytes > largestKeyBytes) return false;
  const arrivalMs = frameArrivalMs(bytes, at);
  if (!Number.isInteger(arrivalMs) || arrivalMs < earliestArrivalMs || arrivalMs > latestArrivalMs) return false;
  return bytes.readUInt32LE(at + crcAt) === crcOf(bytes, at, length);
};

const crcOf = (frames: Buffer, at: number, length: number): number => crc32(frames.subarray(at + backAt, at + length));
