import { join } from 'node:path';
import { openKinesis } from '@acme/local/kinesis/kinesis';

/** A record as it lies on the stream. */
export interface StreamRecord {
  readonly shard: string;
  readonly sequence: string;
  readonly lines: readonly string[];
}

/** Every record of a stream, shard by shard in order, read from the state folder of a platform that does not run. */
export const readStream = async (dir: string, name: string): Promise<StreamRecord[]> => {
  const kinesis = await openKinesis({ dir: join(dir, 'kinesis'), fsync: 'none' });
  try {
    const records: StreamRecord[] = [];
    for (const { id: shard, log } of kinesis.stream(name).shards) {
      for (let index = log.start; index < log.end;) {
        const batch = await log.read(index, { records: 5_000, bytes: 8 * 1024 * 1024 });
        if (batch.length === 0) break;
        for (const { sequenceNumber: sequence, data64, index: at } of batch) {
          const text = Buffer.from(data64, 'base64').toString('utf8');
          records.push({ shard, sequence, lines: text.split('\n').filter((line) => line.trim() !== '') });
          index = at + 1;
        }
      }
    }
    return records;
  } finally {
    await kinesis.close();
  }
};
