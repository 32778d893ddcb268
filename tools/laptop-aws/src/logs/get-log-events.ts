import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import type { LogGroup } from './log-group.ts';
import type { LogEvent } from './read-segment.ts';
import type { Logs } from './open-logs.ts';
import { largestPage, pageBackward, pageForward, positionOf, tokenOf } from './read-events.ts';
import { groupFields, groupOf } from './group-of.ts';

export const StreamInput = z.object({
  ...groupFields,
  logStreamName: z.string(),
  startTime: z.number().min(0).default(0),
  endTime: z.number().min(0).default(Infinity),
  nextToken: z.string().optional(),
  limit: z.number().int().min(1).max(largestPage.events).default(largestPage.events),
  startFromHead: z.boolean().default(false),
});

/** GetLogEvents: the events of one stream, a page forward or backward; at either end the token stays the same. */
export const getLogEvents = async (logs: Logs, asked: z.infer<typeof StreamInput>): Promise<object> => {
  const group = groupOf(logs, asked);
  const { logStreamName, endTime, nextToken: token } = asked;
  const query = {
    since: asked.startTime,
    limit: asked.limit,
    wanted: ({ stream, timestamp }: LogEvent) => stream === logStreamName && timestamp < endTime,
  };
  await requireStream(group, logStreamName);

  const from = token === undefined ? undefined : positionOf(token.slice(2));
  const isForward = token === undefined ? asked.startFromHead : token.startsWith('f/');
  const events = isForward ? (await pageForward(group, from, query)).events : await pageBackward(group, from, query);
  const [first, last] = [events[0], events.at(-1)];
  const here = from ?? (await group.end());
  return {
    events: events.map(({ timestamp, message }) => ({ timestamp, message, ingestionTime: timestamp })),
    nextForwardToken: `f/${tokenOf(last?.next ?? here)}`,
    nextBackwardToken: `b/${tokenOf(first?.at ?? here)}`,
  };
};

const requireStream = async (group: LogGroup, name: string): Promise<void> => {
  if (group.declaredStreams.has(name)) return;
  for await (const { stream } of group.read(undefined, 0)) if (stream === name) return;
  throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
};
