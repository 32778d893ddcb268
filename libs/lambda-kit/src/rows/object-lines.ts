import { once } from 'node:events';
import { createGunzip, type Gunzip } from 'node:zlib';

/** A line of an object, without its line break. */
export interface ObjectLine {
  /** From 1. */
  readonly number: number;
  /** Shortened to `mostLineBytes` when it is longer. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
}

/** An object whose bytes are not what its name says; nothing in it can be relied on. */
export class BrokenObjectError extends Error {
  override readonly name = 'BrokenObjectError';
}

/** No row is nearly as large: an event is 256 KB at most. DuckDB promises to read as much (`maximum_object_size`). */
export const mostLineBytes = 16 * 2 ** 20;

/** An object of the lake: its key, which says how it is compressed, and its bytes as they lie there. */
export interface LakeObject {
  /** Ends in `.gz` when it is gzip; else it is plain text. */
  readonly key: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * The lines of an object as they come, some at a time, in order; blank ones are left out. Has a piece of the object and
 * one line in memory.
 *
 * @throws BrokenObjectError at the end of what could be read: it is no gzip, is cut off, its checksum does not match, or
 * something follows its end. What the bytes' source throws
 */
export async function* objectLines({ key, bytes }: LakeObject): AsyncGenerator<ObjectLine[]> {
  const splitter = new LineSplitter();
  for await (const piece of key.endsWith('.gz') ? gunzipped(bytes) : bytes) yield splitter.take(piece);
  yield splitter.end();
}

const newline = 10;

class LineSplitter {
  #number = 0;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #isTooLong = false;

  take(piece: Uint8Array): ObjectLine[] {
    const lines: ObjectLine[] = [];
    let from = 0;
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, from)) {
      this.#keep(piece.subarray(from, at));
      this.#close(lines);
      from = at + 1;
    }
    // Copied, for a source may use its memory again.
    if (from < piece.length) this.#keep(Buffer.from(piece.subarray(from)));
    return lines;
  }

  end(): ObjectLine[] {
    const lines: ObjectLine[] = [];
    this.#close(lines);
    return lines;
  }

  #keep(part: Uint8Array): void {
    const room = mostLineBytes - this.#keptBytes;
    if (part.length > room) this.#isTooLong = true;
    this.#kept.push(part.length > room ? part.subarray(0, room) : part);
    this.#keptBytes += Math.min(part.length, room);
  }

  #close(lines: ObjectLine[]): void {
    this.#number += 1;
    const [only, ...more] = this.#kept;
    if (only !== undefined) {
      const bytes =
        more.length === 0 ? Buffer.from(only.buffer, only.byteOffset, only.byteLength) : Buffer.concat(this.#kept);
      if (!isBlank(bytes)) lines.push({ number: this.#number, bytes, isTooLong: this.#isTooLong });
    }
    this.#kept = [];
    this.#keptBytes = 0;
    this.#isTooLong = false;
  }
}

/** Whether a line has nothing but the blanks of JSON. */
const isBlank = (line: Buffer): boolean => line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

/** @throws BrokenObjectError after what could be read */
async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  let given = 0;
  let hasBegun = false;
  let failure: unknown;
  const feeding = (async () => {
    for await (const piece of bytes) {
      given += piece.length;
      if (!gunzip.write(piece)) await drainedOrClosed(gunzip);
      if (gunzip.destroyed) return;
    }
    gunzip.end();
  })().catch((error: unknown) => {
    failure = error;
    gunzip.destroy();
  });
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      hasBegun = true;
      yield piece;
    }
  } catch (error) {
    if (failure !== undefined) throw failure;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') !== true) throw error;
    if (given === 0) return; // an object without a byte has no lines, for every reader
    const isFurther = hasBegun && message === 'incorrect header check'; // gzips may follow each other
    throw new BrokenObjectError(isFurther ? follows : (complaints.get(message) ?? 'its gzip is damaged'), {
      cause: error,
    });
  } finally {
    gunzip.destroy();
    await feeding;
  }
  if (gunzip.bytesWritten < given) throw new BrokenObjectError(follows);
}

/** Listens no longer than it waits: an object has thousands of pieces. */
const drainedOrClosed = async (stream: Gunzip): Promise<void> => {
  const over = new AbortController();
  const either = ['drain', 'close'].map((event) => once(stream, event, { signal: over.signal }));
  await Promise.race(either).finally(() => over.abort());
};

const follows = 'something follows the end of its gzip';

/** What zlib says (zlib.h, inflate.c), in the words of a finding. */
const complaints = new Map([
  ['incorrect header check', 'it is no gzip, as its name says'],
  ['unexpected end of file', 'its gzip is cut off'],
  ['incorrect data check', 'the checksum of its gzip does not match'],
  ['incorrect length check', 'the length in its gzip does not match'],
]);
