import type { IncomingMessage } from 'node:http';

/**
 * The signing name of the service that a request is for, from its SigV4 credential scope
 * (`…Credential=<key>/<date>/<region>/<service>/aws4_request`), in the header or, presigned, in the query.
 *
 * @returns undefined when the request carries no such signature; whether it is a true one is not checked
 */
export const signedFor = ({ headers, url = '' }: IncomingMessage): string | undefined => {
  const credential = inHeader(headers.authorization ?? '') ?? inQuery(url);
  return credential === undefined ? undefined : /\/([a-z0-9-]+)\/aws4_request$/.exec(credential)?.[1];
};

const inHeader = (authorization: string): string | undefined =>
  /^AWS4-[A-Z0-9-]+ +(?:.*[ ,])?Credential=([^, ]+)/.exec(authorization)?.[1];

const inQuery = (url: string): string | undefined => {
  const start = url.indexOf('?');
  return start < 0 ? undefined : (new URLSearchParams(url.slice(start)).get('X-Amz-Credential') ?? undefined);
};
