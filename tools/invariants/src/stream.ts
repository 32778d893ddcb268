import { framesOf } from '@acme/lambda-kit';
import { readStreamOnDisk } from '@acme/local/platform/stream-on-disk';

/** A record as it lies on the stream. */
export interface StreamRecord {
  /** The stream, or the topic. */
  readonly source: string;
  readonly shard: string;
  readonly sequence: string;
  /** Its events, each as it came. */
  readonly lines: readonly string[];
}

/** Every record of a stream, shard by shard in order, read from the state folder of a platform that does not run. */
export const readStream = async (dir: string, name: string): Promise<StreamRecord[]> => {
  const records: StreamRecord[] = [];
  await readStreamOnDisk(dir, name, ({ shard, sequence, data }) => {
    const lines = Array.from(framesOf(data), (frame) => frame.toString('utf8'));
    records.push({ source: name, shard, sequence, lines });
  });
  return records;
};
