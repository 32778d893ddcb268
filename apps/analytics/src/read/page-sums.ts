import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { minuteAndCounter, pageKey, pageOfKey, windowKey } from '../aggregates/keys.ts';
import { windowAt } from '../aggregates/windows.ts';
import type { Item } from '../store/attributes.ts';
import { addTo, type Aggregates, shards, type Sums } from './sums.ts';

/** What counts for each page, all windows together. Reads each page that had events: of a busy day that is much. */
export const pageSums = async (
  { client, table }: Aggregates,
  windows: readonly string[],
): Promise<ReadonlyMap<string, Sums>> => {
  const pages = new Map<string, Map<string, bigint>>();
  const read = async (key: string, minutes: ReadonlySet<string> | 'all'): Promise<void> => {
    const query = {
      TableName: table,
      KeyConditionExpression: '#window = :window AND begins_with(#subject, :pages)',
      ExpressionAttributeNames: { '#window': 'window', '#subject': 'subject' },
      ExpressionAttributeValues: { ':window': { S: key }, ':pages': { S: pageKey('') } },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      for (const item of Items) {
        const page = pageOfKey(item['subject']?.S ?? '');
        let sum = pages.get(page);
        if (!sum) pages.set(page, (sum = new Map()));
        addTo(sum, minutes === 'all' ? item : ofMinutes(item, minutes));
      }
    }
  };
  for (const [hour, minutes] of byHour(windows))
    await Promise.all(shards.map((shard) => read(windowKey(hour, shard), minutes)));
  for (const [page, sum] of pages) if (sum.size === 0) pages.delete(page);
  return pages;
};

/** Windows by the hours that hold the counters of their pages. */
const byHour = (windows: readonly string[]): ReadonlyMap<string, Set<string> | 'all'> => {
  const hours = new Map<string, Set<string> | 'all'>();
  for (const window of windows) {
    const [granularity, instant = ''] = window.split('#');
    const hour = windowAt('hour', instant);
    const minutes = hours.get(hour) ?? new Set();
    if (granularity === 'hour') hours.set(hour, 'all');
    else if (minutes !== 'all') hours.set(hour, minutes.add(instant.slice(-2)));
  }
  return hours;
};

/** Of an hour's counters those of some minutes, by their own names and added up. */
const ofMinutes = (item: Item, minutes: ReadonlySet<string>): Item => {
  const sums = new Map<string, bigint>();
  for (const [name, { N }] of Object.entries(item)) {
    const [minute, counter] = minuteAndCounter(name) ?? [];
    if (minute === undefined || counter === undefined || N === undefined || !minutes.has(minute)) continue;
    sums.set(counter, (sums.get(counter) ?? 0n) + BigInt(N));
  }
  return Object.fromEntries([...sums].map(([name, sum]) => [name, { N: String(sum) }]));
};
