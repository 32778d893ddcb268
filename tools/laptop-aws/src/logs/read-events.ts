import { AwsError } from '../aws/aws-error.ts';
import type { LogGroup } from './log-group.ts';
import type { LogEvent, Position } from './read-segment.ts';

/** What one page may hold (API reference, FilterLogEvents and GetLogEvents). */
export const largestPage = { events: 10_000, bytes: 1024 * 1024 };

/** What an event counts besides its message (CloudWatch Logs quotas). */
const eventOverheadBytes = 26;

/** Whether an event belongs to the answer. */
export type Wanted = (event: LogEvent) => boolean;

/** The first events from a position on, as many as a page holds; `next` is missing when there are no more. */
export const pageForward = async (
  group: LogGroup,
  from: Position | undefined,
  { since, wanted, limit }: { since: number; wanted: Wanted; limit: number },
): Promise<{ events: readonly LogEvent[]; next?: Position }> => {
  const events: LogEvent[] = [];
  let bytes = 0;
  for await (const event of group.read(from, since)) {
    if (!wanted(event)) continue;
    bytes += sizeOf(event);
    if (events.length === limit || (bytes > largestPage.bytes && events.length > 0)) return { events, next: event.at };
    events.push(event);
  }
  return { events };
};

/** The last events before a position, or of all, in order. */
export const pageBackward = async (
  group: LogGroup,
  before: Position | undefined,
  { since, wanted, limit }: { since: number; wanted: Wanted; limit: number },
): Promise<readonly LogEvent[]> => {
  const events: LogEvent[] = [];
  let bytes = 0;
  for await (const event of group.read(undefined, since)) {
    if (before && !isBefore(event.at, before)) break;
    if (!wanted(event)) continue;
    events.push(event);
    bytes += sizeOf(event);
    while (events.length > limit || (bytes > largestPage.bytes && events.length > 1))
      bytes -= sizeOf(events.shift() as LogEvent);
  }
  return events;
};

const sizeOf = ({ message }: LogEvent): number => Buffer.byteLength(message) + eventOverheadBytes;

const isBefore = (a: Position, b: Position): boolean =>
  a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);

/** A position as a page token. */
export const tokenOf = ({ segment, offset }: Position): string => `${segment}-${offset}`;

/** @throws AwsError InvalidParameterException when the token is none of ours */
export const positionOf = (token: string): Position => {
  const [, segment, offset] = /^(\d{1,9})-(\d{1,15})$/.exec(token) ?? [];
  if (!segment || !offset) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  return { segment: Number(segment), offset: Number(offset) };
};

/** The id of an event: always the same, growing with time, digits only. */
export const eventId = ({ timestamp, at }: LogEvent): string =>
  `${timestamp}${String(at.segment).padStart(10, '0')}${String(at.offset).padStart(16, '0')}`;
