import { randomUUID } from 'node:crypto';
import type { Functions } from '../lambda/functions.ts';
import type { Route } from './api.ts';
import type { Connection } from './connection.ts';
import { proxyEvent } from './events.ts';
import { unreadBytes } from './limits.ts';
import type { Gate } from './throttle.ts';

/** The route that a message asks for, else `$default`; undefined when the API has neither. */
export const routeOf = (routes: ReadonlyMap<string, Route>, routeField: string, text: string): Route | undefined =>
  routes.get(selected(routeField, text)) ?? routes.get('$default');

const selected = (routeField: string, text: string): string => {
  try {
    const value: unknown = (JSON.parse(text) as Record<string, unknown> | null)?.[routeField];
    // The names with a dollar are events of the API, not actions.
    return typeof value === 'string' && !value.startsWith('$') ? value : '$default';
  } catch {
    return '$default'; // not JSON
  }
};

export interface Answering {
  readonly functions: Pick<Functions, 'invoke'>;
  /** One for each route of the stage. */
  readonly gateOf: (route: Route) => Gate;
  readonly now: () => number;
  /** Tells the person at the laptop what went wrong in a function. */
  readonly report: (line: string) => void;
}

/**
 * Routes a message to its function and sends the client what that returns, where the route has a response. A client
 * that sends and never reads is cut off.
 */
export const answerMessage = async (
  { client, socket }: Connection,
  text: string,
  { functions, gateOf, now, report }: Answering,
): Promise<void> => {
  const messageId = randomUUID();
  const send = (answer: string): void => {
    if (socket.bufferedAmount > unreadBytes) socket.terminate();
    else socket.send(answer);
  };
  // The form of API Gateway's own errors.
  const refuse = (message: string): void =>
    send(JSON.stringify({ message, connectionId: client.connectionId, requestId: messageId }));
  const route = routeOf(client.api.routes, client.api.routeField, text);
  if (!route) return refuse('Forbidden');
  if (!gateOf(route)()) return refuse('Too Many Requests');
  try {
    const event = proxyEvent(client, route.key, { eventType: 'MESSAGE', body: text, messageId }, now());
    const { payload, functionError } = await functions.invoke(route.functionArn, JSON.stringify(event));
    if (functionError) return refuse('Internal server error'); // its log says why
    const { body } = (JSON.parse(payload) ?? {}) as { body?: unknown };
    if (route.responds && typeof body === 'string') send(body);
  } catch (error) {
    report(`WebSocket route ${route.key}: ${(error as Error).message}`);
    refuse('Internal server error');
  }
};
