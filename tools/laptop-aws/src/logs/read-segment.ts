import { open, type FileHandle } from 'node:fs/promises';

/** Where an event stands in its group: number of the segment, byte in its file. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

export interface LogEvent {
  readonly at: Position;
  /** Where the next event starts. */
  readonly next: Position;
  /** Milliseconds since 1970: when the line reached the log. */
  readonly timestamp: number;
  readonly stream: string;
  readonly message: string;
}

const chunkBytes = 256 * 1024;
const timestampDigits = 13;
const lineBreak = 0x0a;

/**
 * The events of one segment file from a byte on. Lines older than `since` are passed over unparsed, and so is a line
 * that a kill tore. A segment that was pruned meanwhile has none.
 */
export async function* readSegment(
  file: string,
  segment: number,
  offset: number,
  since: number,
): AsyncGenerator<LogEvent> {
  const handle = await opened(file);
  if (!handle) return;
  try {
    if ((await handle.stat()).mtimeMs < since) return;
    let rest: Buffer = Buffer.alloc(0);
    let start = offset;
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, start + rest.length);
      if (bytesRead === 0) return;
      const bytes: Buffer = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let from = 0;
      for (let end = bytes.indexOf(lineBreak); end >= 0; end = bytes.indexOf(lineBreak, from)) {
        const event = parsed(bytes.subarray(from, end), since);
        const at = { segment, offset: start + from };
        from = end + 1;
        if (event) yield { ...event, at, next: { segment, offset: start + from } };
      }
      rest = bytes.subarray(from);
      start += from;
    }
  } finally {
    await handle.close();
  }
}

const opened = async (file: string): Promise<FileHandle | undefined> => {
  try {
    return await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const parsed = (line: Buffer, since: number): Omit<LogEvent, 'at' | 'next'> | undefined => {
  const timestamp = Number(line.toString('latin1', 0, timestampDigits));
  if (!(timestamp >= since)) return undefined;
  try {
    const [stream, message] = JSON.parse(line.toString('utf8', timestampDigits)) as [string, string];
    return { timestamp, stream, message };
  } catch {
    return undefined;
  }
};
