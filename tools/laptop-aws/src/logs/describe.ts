import * as z from 'zod';
import { arn } from '../aws/identity.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { LogGroup } from './log-group.ts';
import type { Logs } from './open-logs.ts';
import { groupFields, groupOf } from './group-of.ts';

const paging = { nextToken: z.string().optional(), limit: z.number().int().min(1).max(50).default(50) };

export const GroupsInput = z.object({
  ...paging,
  logGroupNamePrefix: z.string().default(''),
  logGroupNamePattern: z.string().default(''),
});

/** DescribeLogGroups: the groups by name. */
export const describeLogGroups = (logs: Logs, asked: z.infer<typeof GroupsInput>): object => {
  const found = logs
    .groups()
    .filter(({ name }) => name.startsWith(asked.logGroupNamePrefix) && name.includes(asked.logGroupNamePattern));
  const { items, nextToken } = page(found, asked);
  return { logGroups: items.map(groupShown), nextToken };
};

const groupShown = (group: LogGroup): object => ({
  logGroupName: group.name,
  creationTime: group.createdAt,
  retentionInDays: group.retentionDays,
  metricFilterCount: 0,
  arn: arn('logs', `log-group:${group.name}:*`),
  logGroupArn: arn('logs', `log-group:${group.name}`),
  storedBytes: group.storedBytes(),
  logGroupClass: 'STANDARD',
});

export const StreamsInput = z.object({
  ...groupFields,
  ...paging,
  logStreamNamePrefix: z.string().default(''),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
  descending: z.boolean().default(false),
});

interface Stream {
  readonly name: string;
  readonly first?: number;
  readonly last?: number;
}

/** DescribeLogStreams: the streams of a group, by name or by their last event. */
export const describeLogStreams = async (logs: Logs, asked: z.infer<typeof StreamsInput>): Promise<object> => {
  const group = groupOf(logs, asked);
  const streams = (await streamsOf(group)).filter(({ name }) => name.startsWith(asked.logStreamNamePrefix));
  const key = ({ name, last }: Stream) => (asked.orderBy === 'LogStreamName' ? name : (last ?? 0));
  streams.sort((a, b) => (key(a) < key(b) ? -1 : 1) * (asked.descending ? -1 : 1));
  const { items, nextToken } = page(streams, asked);
  return { logStreams: items.map((stream) => streamShown(group, stream)), nextToken };
};

const streamsOf = async (group: LogGroup): Promise<Stream[]> => {
  const streams = new Map<string, Stream>([...group.declaredStreams].map((name) => [name, { name }]));
  for await (const { stream: name, timestamp } of group.read(undefined, 0))
    streams.set(name, { name, first: streams.get(name)?.first ?? timestamp, last: timestamp });
  return [...streams.values()];
};

const streamShown = (group: LogGroup, { name, first, last }: Stream): object => ({
  logStreamName: name,
  creationTime: first ?? group.createdAt,
  firstEventTimestamp: first,
  lastEventTimestamp: last,
  lastIngestionTime: last,
  arn: arn('logs', `log-group:${group.name}:log-stream:${name}`),
  storedBytes: 0,
});

/** A page of a list; the token is the place of its first item. */
const page = <T>(all: readonly T[], { nextToken, limit }: { nextToken?: string | undefined; limit: number }) => {
  const from = Number(nextToken ?? 0);
  if (!Number.isInteger(from)) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  const end = from + limit;
  return { items: all.slice(from, end), nextToken: end < all.length ? String(end) : undefined };
};
