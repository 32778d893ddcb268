import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws/aws-error.ts';

/**
 * Refuses what a web page could make a browser send: another Host than this machine's (a name that was rebound to
 * loopback), or a request that a page of another origin started.
 *
 * @param origins the pages that may call, such as `http://127.0.0.1:4200`
 * @throws AwsError AccessDenied, 403
 */
export const refuseForeignPages = (request: IncomingMessage, port: number, origins: readonly string[]): void => {
  refuseForeignHost(request, port);
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined ? !origins.includes(origin) : site === 'cross-site' || site === 'same-site') {
    throw new AwsError('AccessDenied', 'web pages of other origins may not call the laptop platform', 403);
  }
};

/** @throws AwsError AccessDenied, 403, when the request names another host than this machine at this port */
export const refuseForeignHost = (request: IncomingMessage, port: number): void => {
  const host = request.headers.host ?? request.headers[':authority'];
  if (typeof host !== 'string' || !['127.0.0.1', 'localhost', '[::1]'].some((name) => host === `${name}:${port}`)) {
    throw new AwsError('AccessDenied', `the laptop platform answers only to the host 127.0.0.1:${port}`, 403);
  }
};
