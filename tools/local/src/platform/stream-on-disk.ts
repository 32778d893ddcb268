import { join } from 'node:path';
import { openKinesis } from '@acme/laptop-aws';
import { findJava, kafkaJars, readTopic, startCluster } from '@acme/laptop-aws/kafka';
import { transportOf } from './keep-transport.ts';

/** A record as it lies on the stream, whatever carries it. */
export interface RecordOnDisk {
  /** The shard, or `<topic>-<partition>`. */
  readonly shard: string;
  /** The sequence number, or the offset. */
  readonly sequence: string;
  readonly data: Buffer;
}

/**
 * Reads a stream or topic from the state folder of a platform that does not run: every record, shard by shard or
 * partition by partition in order (partitions may take turns).
 *
 * @param take is told of one record after the other
 */
export const readStreamOnDisk = async (
  dir: string,
  name: string,
  take: (record: RecordOnDisk) => void,
): Promise<void> => {
  if (transportOf(dir) === 'kinesis') return readKinesis(join(dir, 'kinesis'), name, take);
  await withBrokerOn(dir, (bootstrapServers) =>
    readTopic(bootstrapServers, name, ({ partition, offset, value }) =>
      take({ shard: `${name}-${partition}`, sequence: String(offset), data: value }),
    ),
  );
};

/** Runs the broker of a state folder whose platform does not run, for as long as `use` takes. */
export const withBrokerOn = async <Result>(
  dir: string,
  use: (bootstrapServers: string) => Promise<Result>,
): Promise<Result> => {
  const code = { java: await findJava(), jars: await kafkaJars(() => undefined) };
  const cluster = await startCluster({ dir: join(dir, 'kafka'), code });
  try {
    return await use(cluster.bootstrapServers);
  } finally {
    await cluster.close();
  }
};

const readKinesis = async (dir: string, name: string, take: (record: RecordOnDisk) => void): Promise<void> => {
  const kinesis = await openKinesis({ dir, fsync: 'none' });
  try {
    for (const { id: shard, log } of kinesis.stream(name).shards) {
      for (let index = log.start; index < log.end;) {
        const batch = await log.read(index, { records: 5_000, bytes: 8 * 1024 * 1024 });
        for (const { sequenceNumber: sequence, data } of batch) take({ shard, sequence, data });
        const last = batch.at(-1);
        if (!last) break;
        index = last.index + 1;
      }
    }
  } finally {
    await kinesis.close();
  }
};
