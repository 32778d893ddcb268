import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { makeFolderDurably, replaceDurably } from '../disk/promises.ts';

/** What a stream is, as `stream.json` in its folder keeps it. */
export const StreamSettings = z.object({
  name: z.string(),
  /** Milliseconds since 1970. */
  createdMs: z.int(),
  mode: z.enum(['PROVISIONED', 'ON_DEMAND']),
  shards: z.int().min(1),
  retentionHours: z.int(),
  encryption: z.enum(['NONE', 'KMS']),
  keyId: z.string().optional(),
  /** The largest record, data and partition key together. */
  largestRecordKiB: z.int(),
  tags: z.record(z.string(), z.string()),
});
export type StreamSettings = z.infer<typeof StreamSettings>;

/** Kinesis' own: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
export const limits = {
  onDemandShards: 4,
  onDemandStreams: 50,
  shards: 20_000,
  retentionHours: { least: 24, most: 8760 },
  recordKiB: { least: 1024, most: 10_240 },
} as const;

const settingsFile = (dir: string): string => join(dir, 'stream.json');

/** The settings of the stream in a folder; undefined when there is no stream. */
export const loadSettings = async (dir: string): Promise<StreamSettings | undefined> => {
  const file = settingsFile(dir);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return StreamSettings.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} does not describe a stream; remove its folder, or start with an empty --dir`, { cause });
  }
};

/** A stream is there from the moment this has returned, and on the disk. */
export const saveSettings = async (dir: string, settings: StreamSettings): Promise<void> => {
  await makeFolderDurably(dir);
  await replaceDurably(settingsFile(dir), JSON.stringify(settings, undefined, 2));
};
