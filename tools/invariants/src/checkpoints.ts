import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaClient, patiently } from '@acme/laptop-aws/kafka';
import { documentIn } from '@acme/laptop-aws/machine';
import type { Transport } from '@acme/local/platform/keep-transport';
import { withBrokerOn } from '@acme/local/platform/stream-on-disk';
import type { Family } from '@acme/telemetry-schema';
import * as z from 'zod';
import { consumers } from './consumers.ts';
import type { Evidence } from './evidence.ts';
import { mappingsOf } from './mappings.ts';
import type { Platform } from './platform.ts';
import { streams } from './streams.ts';

/** Where each consumer's saved checkpoints stand, by `source shard`, of a platform that does not run. */
export const savedCheckpoints = (
  dir: string,
  { mappings }: Pick<Platform, 'mappings'>,
  transport: Transport,
): Promise<Evidence['checkpoints']> => (transport === 'kafka' ? committed(dir) : Promise.resolve(files(dir, mappings)));

const files = (dir: string, mappings: Platform['mappings']): Evidence['checkpoints'] => {
  const saved: Record<string, Record<string, string>> = {};
  for (const consumer of consumers) {
    for (const { uuid, source } of mappingsOf(consumer, mappings)) {
      const file = join(dir, 'event-sources', `${uuid}.json`);
      if (!existsSync(file)) continue;
      const shards = Object.entries(documentIn(file, readFileSync(file, 'utf8'), z.record(z.string(), z.string())));
      saved[consumer.name] = {
        ...saved[consumer.name],
        ...Object.fromEntries(shards.map(([shard, next]) => [`${source} ${shard}`, next])),
      };
    }
  }
  return saved;
};

/** Groups are called after their consumers. */
const committed = (dir: string): Promise<Evidence['checkpoints']> =>
  withBrokerOn(dir, async (bootstrapServers) => {
    const admin = kafkaClient(bootstrapServers).admin();
    await admin.connect();
    const saved: Record<string, Record<string, string>> = {};
    for (const { name, reads } of consumers) {
      const next: Record<string, string> = (saved[name] = {});
      for (const [family, group] of Object.entries(reads)) {
        const topic = streams[family as Family].name;
        const [of] = await patiently(() => admin.fetchOffsets({ groupId: `acme-${group}`, topics: [topic] }));
        for (const { partition, offset } of of?.partitions ?? [])
          if (offset !== '-1') next[`${topic} ${topic}-${partition}`] = offset;
      }
    }
    await admin.disconnect();
    return saved;
  });
