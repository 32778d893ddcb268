import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../aws/aws-error.ts';
import { account } from '../aws/identity.ts';
import { makeFolderDurably } from '../disk/promises.ts';
import type { LogOptions } from './log/shard-log.ts';
import { loadSettings, saveSettings, type StreamSettings } from './stream-settings.ts';
import { Stream } from './stream.ts';

export interface KinesisOptions extends LogOptions {
  /** Holds a folder per stream. Only one process may have it open. */
  readonly dir: string;
}

const trimEveryMs = 60_000;

/** The streams of the laptop, on disk. */
export interface Kinesis {
  /** @throws AwsError ResourceInUseException when there is a stream of that name */
  create(settings: Omit<StreamSettings, 'createdMs'>): Promise<Stream>;
  /** Deletes a stream and its records. @throws AwsError ResourceNotFoundException */
  remove(name: string): Promise<void>;
  /** @throws AwsError ResourceNotFoundException */
  stream(nameOrArn: string): Stream;
  has(nameOrArn: string): boolean;
  /**
   * From now on deletes what is past its stream's retention, at once and then each minute. To be called when everybody
   * who must miss nothing has said so (`Shard.keepFor`): what lies here may be days old by the time of a start.
   */
  startTrimming(): Promise<void>;
  /** All streams, by name. */
  streams(): readonly Stream[];
  /** Ends the writes on their way and closes all files. */
  close(): Promise<void>;
}

/**
 * Opens the streams that a folder holds.
 *
 * @throws DamagedLog when an acknowledged record is not whole
 */
export const openKinesis = async ({ dir, ...options }: KinesisOptions): Promise<Kinesis> => {
  const streams = await openStreams(dir, options);
  const creating = new Set<string>();
  let trimming = Promise.resolve();
  const trim = async (): Promise<void> => {
    for (const stream of streams.values()) await stream.trim();
  };
  let timer: NodeJS.Timeout | undefined;
  const find = (nameOrArn: string): Stream | undefined => streams.get(nameOrArn.split('stream/').pop() as string);

  return {
    create: async (wanted) => {
      if (streams.has(wanted.name) || creating.has(wanted.name)) throw inUse(wanted.name);
      creating.add(wanted.name);
      try {
        const stream = await createStream(join(dir, wanted.name), { ...wanted, createdMs: Date.now() }, options);
        streams.set(wanted.name, stream);
        return stream;
      } finally {
        creating.delete(wanted.name);
      }
    },
    remove: async (name) => {
      const stream = find(name) ?? notFound(name);
      streams.delete(stream.name);
      await stream.remove();
    },
    stream: (nameOrArn) => find(nameOrArn) ?? notFound(nameOrArn),
    has: (nameOrArn) => find(nameOrArn) !== undefined,
    startTrimming: () => {
      const next = (): Promise<void> => (trimming = trimming.then(trim).catch(warnOfTrim));
      timer ??= setInterval(next, trimEveryMs).unref();
      return next();
    },
    streams: () => [...streams.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    close: async () => {
      clearInterval(timer);
      await trimming;
      await Promise.all([...streams.values()].map((stream) => stream.close()));
    },
  };
};

const warnOfTrim = (error: unknown): void => {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`records past their retention could not be deleted: ${reason}; tried again in a minute`);
};

const openStreams = async (dir: string, options: LogOptions): Promise<Map<string, Stream>> => {
  await makeFolderDurably(dir);
  const streams = new Map<string, Stream>();
  for (const { name } of (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
    const settings = await loadSettings(join(dir, name));
    if (settings) streams.set(settings.name, await Stream.open(join(dir, name), settings, options));
  }
  return streams;
};

const createStream = async (dir: string, settings: StreamSettings, options: LogOptions): Promise<Stream> => {
  await rm(dir, { recursive: true, force: true }); // what a deletion that was cut short has left
  const stream = await Stream.open(dir, settings, options);
  await saveSettings(dir, settings);
  return stream;
};

const inUse = (name: string): AwsError =>
  new AwsError('ResourceInUseException', `Stream ${name} under account ${account} already exists.`);

const notFound = (nameOrArn: string): never => {
  const name = nameOrArn.split('stream/').pop() as string;
  throw new AwsError('ResourceNotFoundException', `Stream ${name} under account ${account} not found.`);
};
