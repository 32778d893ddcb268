import * as z from 'zod';
import type { Connections } from '../connections.ts';
import { Filter } from '../filter.ts';

/** What a route answers. API Gateway sends the body to the client, where the route has a response. */
export interface Answer {
  readonly statusCode: number;
  readonly body?: string;
}

export interface SocketEvent {
  readonly connectionId: string;
  readonly routeKey: string;
  readonly body: string;
}

const Subscribe = z.strictObject(
  { action: z.literal('subscribe'), filter: Filter.default({}) },
  { error: 'must be an object with action and filter' },
);

const say = (statusCode: number, message: unknown): Answer => ({ statusCode, body: JSON.stringify(message) });
const refuse = (reason: string, problems: readonly { field: string; reason: string }[] = []): Answer =>
  say(400, { kind: 'error', reason, problems });

/** Answers one event of the WebSocket API: who came, who left, who wants to see what. */
export const answer = async (
  { connectionId, routeKey, body }: SocketEvent,
  connections: Connections,
  nowMs: number,
): Promise<Answer> => {
  switch (routeKey) {
    case '$connect':
      await connections.add(connectionId, nowMs);
      return { statusCode: 200 };
    case '$disconnect':
      await connections.remove(connectionId);
      return { statusCode: 200 };
    case 'subscribe': {
      const parsed = Subscribe.safeParse(JSON.parse(body)); // that it is JSON is how it got to this route
      if (!parsed.success) {
        const problems = parsed.error.issues.map(({ path, message }) => ({
          field: path.join('.') || '(message)',
          reason: message,
        }));
        return refuse('the filter is not valid', problems);
      }
      const { filter } = parsed.data;
      if (!(await connections.setFilter(connectionId, filter)))
        return refuse('this connection has ended; connect again');
      return say(200, { kind: 'subscribed', filter });
    }
    default:
      return refuse('unknown action; send {"action":"subscribe","filter":{}} as JSON text');
  }
};
