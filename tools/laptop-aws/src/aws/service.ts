import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * One AWS service behind the endpoint. The requests are Node's, of HTTP/1.1 or (by Node's compatibility layer) HTTP/2;
 * the front has already checked Host, Origin and the signature header. What it throws is answered as an AWS error.
 */
export type AwsService = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
