import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { filterPattern } from './filter-pattern.ts';
import type { Logs } from './open-logs.ts';
import { eventId, largestPage, pageForward, positionOf, tokenOf } from './read-events.ts';
import { groupFields, groupOf } from './group-of.ts';

export const FilterInput = z.object({
  ...groupFields,
  logStreamNames: z.array(z.string()).min(1).max(100).optional(),
  logStreamNamePrefix: z.string().min(1).optional(),
  startTime: z.number().min(0).default(0),
  endTime: z.number().min(0).default(Infinity),
  filterPattern: z.string().max(1024).default(''),
  nextToken: z.string().optional(),
  limit: z.number().int().min(1).max(largestPage.events).default(largestPage.events),
});

/** FilterLogEvents: the events of a group, of all its streams in the order of time. */
export const filterLogEvents = async (logs: Logs, asked: z.infer<typeof FilterInput>): Promise<object> => {
  const { logStreamNames: names, logStreamNamePrefix: prefix, endTime } = asked;
  const group = groupOf(logs, asked);
  if (names && prefix !== undefined)
    throw new AwsError('InvalidParameterException', 'give logStreamNames or logStreamNamePrefix, not both');
  const matches = filterPattern(asked.filterPattern);
  const from = asked.nextToken === undefined ? undefined : positionOf(asked.nextToken);

  const { events, next } = await pageForward(group, from, {
    since: asked.startTime,
    limit: asked.limit,
    wanted: ({ timestamp, stream, message }) =>
      timestamp <= endTime &&
      (!names || names.includes(stream)) &&
      (prefix === undefined || stream.startsWith(prefix)) &&
      matches(message),
  });
  return {
    events: events.map((event) => ({
      logStreamName: event.stream,
      timestamp: event.timestamp,
      message: event.message,
      ingestionTime: event.timestamp,
      eventId: eventId(event),
    })),
    searchedLogStreams: [],
    ...(next ? { nextToken: tokenOf(next) } : {}),
  };
};
