import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogEvent, type Position, readSegment } from './read-segment.ts';

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  retentionDays: number | undefined;
  /** Streams that a template names, which may have no events yet. */
  readonly declaredStreams: Set<string>;
  append(stream: string, message: string): void;
  /** All events from a position on, oldest first. @param since leaves out what is older, at little cost */
  read(from: Position | undefined, since: number): AsyncGenerator<LogEvent>;
  end(): Promise<Position>;
  storedBytes(): number;
  /** Resolves when everything that was appended is in the files. */
  flush(): Promise<void>;
}

export interface LogGroupOptions {
  readonly dir: string;
  readonly name: string;
  /** The oldest segment goes when there are more than four. */
  readonly segmentBytes: number;
  readonly report: (problem: string) => void;
}

/** How long lines are gathered before they are written. */
const gatherMs = 50;

const keptSegments = 4;

/** The largest event (CloudWatch Logs quotas); what is longer is cut, and says so. */
const largestMessage = 1024 * 1024;

const fileName = (segment: number): string => `${String(segment).padStart(8, '0')}.log`;

/** A log group on disk: segments of lines `<timestamp> ["<stream>","<message>"]`, appended in batches. */
export const openLogGroup = ({ dir, name, segmentBytes, report }: LogGroupOptions): LogGroup => {
  mkdirSync(dir, { recursive: true });
  const sizes = new Map<number, number>();
  for (const file of readdirSync(dir).sort())
    if (file.endsWith('.log')) sizes.set(Number.parseInt(file, 10), statSync(join(dir, file)).size);
  const createdAt = creationTime(join(dir, 'created'));
  let current = Math.max(1, ...sizes.keys());
  /** After a kill the last line may be torn: a line break makes it one line, which readers pass over. */
  let gathered = sizes.has(current) ? '\n' : '';
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const write = async (): Promise<void> => {
    const text = gathered;
    gathered = '';
    const size = sizes.get(current) ?? 0;
    if (size > 0 && size + Buffer.byteLength(text) > segmentBytes) current += 1;
    try {
      await appendFile(join(dir, fileName(current)), text);
      sizes.set(current, (sizes.get(current) ?? 0) + Buffer.byteLength(text));
      await prune();
    } catch (error) {
      report(`log group ${name}: ${text.split('\n').length - 1} lines are lost: ${(error as Error).message}`);
    }
  };

  const prune = async (): Promise<void> => {
    const oldest = group.retentionDays === undefined ? 0 : Date.now() - group.retentionDays * 86_400_000;
    for (const segment of [...sizes.keys()].sort((a, b) => a - b)) {
      if (segment === current) return;
      const file = join(dir, fileName(segment));
      if (segment > current - keptSegments && (oldest === 0 || statSync(file).mtimeMs >= oldest)) return;
      await rm(file, { force: true });
      sizes.delete(segment);
    }
  };

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    while (writing) await writing;
    if (gathered === '' || gathered === '\n') return;
    writing = write().finally(() => (writing = undefined));
    await writing;
  };

  const group: LogGroup = {
    name,
    createdAt,
    retentionDays: undefined,
    declaredStreams: new Set(),
    append(stream, message) {
      const whole =
        message.length <= largestMessage ? message : `${message.slice(0, largestMessage - 20)} [cut at 1 MB]`;
      gathered += `${Date.now()} ${JSON.stringify([stream, whole])}\n`;
      timer ??= setTimeout(() => void flush(), gatherMs);
    },
    async *read(from, since) {
      await flush();
      for (const segment of [...sizes.keys()].sort((a, b) => a - b)) {
        if (from && segment < from.segment) continue;
        const file = join(dir, fileName(segment));
        const offset = from?.segment === segment ? from.offset : 0;
        yield* readSegment(file, segment, offset, since);
      }
    },
    async end() {
      await flush();
      return { segment: current, offset: sizes.get(current) ?? 0 };
    },
    storedBytes: () => [...sizes.values()].reduce((sum, size) => sum + size, 0),
    flush,
  };
  return group;
};

const creationTime = (file: string): number => {
  try {
    writeFileSync(file, String(Date.now()), { flag: 'wx' });
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
  return Number(readFileSync(file, 'utf8')) || statSync(file).mtimeMs; // empty: the disk was full when it was made
};
