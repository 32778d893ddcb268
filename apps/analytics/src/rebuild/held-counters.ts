import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { everything, windowKey } from '../aggregates/keys.ts';
import { windowMs, windowsIn } from '../aggregates/windows.ts';
import { type Aggregates, shards, sumsOf } from '../read/sums.ts';
import { counterDays } from '../store/transact.ts';
import { Counters } from './counters.ts';

/** What `analytics-aggregates` holds of an hour and its minutes. */
export interface HeldHour {
  readonly counters: Counters;
  /** When the newest event that was counted in it arrived, ms UTC; undefined where none was. */
  readonly newestArrivalMs: number | undefined;
}

/** What is no counter. */
const others = new Set(['window', 'subject', 'expiresAt']);

/**
 * Reads every counter of an hour, its pages and its minutes.
 *
 * @throws UnreadError when DynamoDB goes on leaving keys unread
 */
export const heldHour = async (aggregates: Aggregates, hour: string): Promise<HeldHour> => {
  const { client, table } = aggregates;
  const counters = new Counters();
  const window = `hour#${hour}`;
  let newestExpiry = 0;
  const read = async (shard: number): Promise<void> => {
    const query = {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#window = :window',
      ExpressionAttributeNames: { '#window': 'window' },
      ExpressionAttributeValues: { ':window': { S: windowKey(window, shard) } },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      for (const { subject: { S: subject = '' } = {}, ...item } of Items) {
        newestExpiry = Math.max(newestExpiry, Number(item['expiresAt']?.N ?? 0));
        for (const [counter, { N }] of Object.entries(item))
          if (N !== undefined && !others.has(counter)) counters.add({ window, subject, counter }, BigInt(N));
      }
    }
  };
  const fromMs = Date.parse(`${hour}:00:00Z`);
  const minutes = windowsIn('minute', { fromMs, toMs: fromMs + windowMs.hour });
  const [sums] = await Promise.all([
    sumsOf(
      aggregates,
      minutes.map((minute) => minute.window),
    ),
    ...shards.map(read),
  ]);
  for (const [minute, ofMinute] of sums)
    for (const [counter, sum] of ofMinute) counters.add({ window: minute, subject: everything, counter }, sum);
  const keptMs = counterDays(window) * 24 * windowMs.hour;
  return { counters, newestArrivalMs: newestExpiry === 0 ? undefined : newestExpiry * 1000 - keptMs };
};
