import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKinesis, type Kinesis } from './kinesis.ts';
import type { PutEntry } from './put.ts';
import type { StreamSettings } from './stream-settings.ts';

/** Runs a test with a folder of its own. */
export const inFolder = async (run: (dir: string) => Promise<void>): Promise<void> => {
  const dir = await mkdtemp(join(tmpdir(), 'kinesis-'));
  try {
    await run(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
};

/** Runs a test with an empty Kinesis in a folder of its own; it is closed even when the test fails. */
export const withKinesis = (run: (kinesis: Kinesis, dir: string) => Promise<void>): Promise<void> =>
  inFolder(async (dir) => {
    const kinesis = await openKinesis({ dir: join(dir, 'kinesis'), fsync: 'none' });
    try {
      await run(kinesis, dir);
    } finally {
      await kinesis.close();
    }
  });

/** A small stream, with what the test is about. */
export const aStream = (only: Partial<StreamSettings> = {}): Omit<StreamSettings, 'createdMs'> => ({
  name: 'clicks',
  mode: 'PROVISIONED',
  shards: 1,
  retentionHours: 24,
  encryption: 'NONE',
  largestRecordKiB: 1024,
  tags: {},
  ...only,
});

export const anEntry = (data: string, PartitionKey = 'key'): PutEntry => ({
  PartitionKey,
  Data: Buffer.from(data).toString('base64'),
});
