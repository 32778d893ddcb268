import { open } from 'node:fs/promises';
import { frameArrivalMs, frameLength, headerBytes, isFrame } from './frame.ts';
import type { LogRecord } from './log-record.ts';
import { takeRecords, type ReadLimit } from './recent-frames.ts';
import { markBytes, type Segment } from './segment.ts';

/**
 * Records of a segment from `index` on, read from disk.
 *
 * @param prefix of their sequence numbers
 * @throws DamagedLog when a frame on the way fails its checksum
 */
export const readSegment = async (
  segment: Segment,
  prefix: string,
  index: number,
  limit: ReadLimit,
): Promise<LogRecord[]> => {
  const { frames, first } = await framesFrom(segment, index, limit.bytes + markBytes);
  const records: LogRecord[] = [];
  takeRecords({ prefix, firstIndex: first, frames }, index, limit, 0, records);
  return records;
};

/** The index of the first record that arrived at `timestampMs` or later; the segment's end when there is none. */
export const firstArrivedAt = async (segment: Segment, timestampMs: number): Promise<number> => {
  if (segment.lastArrivalMs < timestampMs) return segment.end;
  for (let from = segment.markBefore((mark) => mark.arrivalMs < timestampMs).index; from < segment.end;) {
    const { frames, first } = await framesFrom(segment, from, markBytes * 2);
    let index = first;
    for (let at = 0; at < frames.length; at += frameLength(frames, at), index++) {
      if (frameArrivalMs(frames, at) >= timestampMs) return index;
    }
    from = index;
  }
  return segment.end;
};

/** Whole frames, the one of `index` at least among them. */
const framesFrom = async (
  segment: Segment,
  index: number,
  wantedBytes: number,
): Promise<{ frames: Buffer; first: number }> => {
  const mark = segment.markBefore((each) => each.index <= index);
  const size = segment.bytes - mark.offset;
  const end = segment.end;
  for (let bytes = Math.min(wantedBytes, size); ; bytes = Math.min(bytes * 2, size)) {
    const read = await readAt(segment.file, mark.offset, bytes);
    const { length, count } = wholeFrames(segment, mark.offset, read, read.length === size);
    if (mark.index + count > index || mark.index + count >= end) {
      return { frames: read.subarray(0, length), first: mark.index };
    }
    if (bytes === size) throw segment.damagedAt(mark.offset + length);
  }
};

const wholeFrames = (segment: Segment, offset: number, bytes: Buffer, toEnd: boolean) => {
  let at = 0;
  let count = 0;
  while (at < bytes.length && isFrame(bytes, at)) {
    at += frameLength(bytes, at);
    count++;
  }
  const cutByEnd = at + headerBytes > bytes.length || at + frameLength(bytes, at) > bytes.length;
  if (at < bytes.length && (toEnd || !cutByEnd)) throw segment.damagedAt(offset + at);
  return { length: at, count };
};

const readAt = async (file: string, offset: number, bytes: number): Promise<Buffer> => {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(bytes), 0, bytes, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};
