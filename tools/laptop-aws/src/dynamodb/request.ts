import type { IncomingMessage } from 'node:http';
import { readBody } from '../aws/read-body.ts';

/** BatchWriteItem's 16 MB (DynamoDB quotas), with room for its JSON. */
export const largestBodyBytes = 32 * 1024 * 1024;

/** `PutItem`, say; empty where a request names none. */
export const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .pop() ?? '';

const bodies = new WeakMap<IncomingMessage, Promise<Buffer>>();

/**
 * The whole body of a request to DynamoDB, read once: who counts what was refused asks for it, too, after the service
 * or in its place.
 *
 * @throws AwsError when it is too large, or the client went away half-way
 */
export const requestBody = (request: IncomingMessage): Promise<Buffer> => {
  const known = bodies.get(request);
  if (known) return known;
  const body = readBody(request, largestBodyBytes);
  bodies.set(request, body);
  return body;
};
