import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaClient } from '@acme/local/kafka/client';
import { patiently } from '@acme/local/kafka/patiently';
import type { Transport } from '@acme/local/platform/keep-transport';
import { withBrokerOn } from '@acme/local/platform/stream-on-disk';
import { consumers } from './consumers.ts';
import type { Evidence } from './evidence.ts';
import type { Platform } from './platform.ts';
import { streamName } from './put-lines.ts';

/** Where each consumer's saved checkpoints stand, by shard, of a platform that does not run. */
export const savedCheckpoints = (
  dir: string,
  { mappings }: Pick<Platform, 'mappings'>,
  transport: Transport,
): Promise<Evidence['checkpoints']> => (transport === 'kafka' ? committed(dir) : Promise.resolve(files(dir, mappings)));

const files = (dir: string, mappings: Platform['mappings']): Evidence['checkpoints'] => {
  const saved: Record<string, Record<string, string>> = {};
  for (const { name, stack } of consumers) {
    const [uuid] = Object.entries(mappings).find(([, functionName]) => functionName.startsWith(stack)) ?? [];
    const file = join(dir, 'event-sources', `${uuid}.json`);
    if (existsSync(file)) saved[name] = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  }
  return saved;
};

/** Groups are called after their consumers. */
const committed = (dir: string): Promise<Evidence['checkpoints']> =>
  withBrokerOn(dir, async (bootstrapServers) => {
    const admin = kafkaClient(bootstrapServers).admin();
    await admin.connect();
    const saved: Record<string, Record<string, string>> = {};
    for (const { name } of consumers) {
      const group = { groupId: `acme-${name}`, topics: [streamName] };
      const [of] = await patiently(() => admin.fetchOffsets(group));
      const known = (of?.partitions ?? []).filter(({ offset }) => offset !== '-1');
      saved[name] = Object.fromEntries(known.map(({ partition, offset }) => [`${streamName}-${partition}`, offset]));
    }
    await admin.disconnect();
    return saved;
  });
