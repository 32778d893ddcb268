import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws/aws-error.ts';

/**
 * The signing name of the service that a request is for, from its SigV4 credential scope
 * (`…Credential=<key>/<date>/<region>/<service>/aws4_request`), in the header or, presigned, in the query.
 *
 * @returns undefined when the request carries no such signature; whether it is a true one is not checked
 */
export const signedFor = ({ headers, url = '' }: IncomingMessage): string | undefined => {
  const credential = inHeader(headers.authorization ?? '') ?? inQuery(url);
  if (credential !== undefined) return /\/([a-z0-9-]+)\/aws4_request$/.exec(credential)?.[1];
  return isVersion2(headers.authorization ?? '', url) ? 's3' : undefined;
};

/** SigV2, which S3 alone still takes, and in which boto3 signs URLs unless it is told otherwise. */
const isVersion2 = (authorization: string, url: string): boolean =>
  /^AWS [^ :]+:[^ :]+$/.test(authorization) || /[?&]AWSAccessKeyId=[^&]+/.test(url);

/**
 * Refuses a presigned URL whose time is over: the one thing about a signature that is looked at here, since it is meant
 * to be seen.
 *
 * @throws AwsError AccessDenied, as S3 words it
 */
export const refuseExpired = (url: string, nowMs: number): void => {
  const start = url.indexOf('?');
  if (start < 0) return;
  const query = new URLSearchParams(url.slice(start));
  const day = query.get('X-Amz-Date')?.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const endsMs = day
    ? Date.parse(day) + Number(query.get('X-Amz-Expires') ?? Infinity) * 1000
    : Number(query.get('AWSAccessKeyId') ? (query.get('Expires') ?? Infinity) : Infinity) * 1000;
  if (endsMs <= nowMs) throw new AwsError('AccessDenied', 'Request has expired', 403);
};

const inHeader = (authorization: string): string | undefined =>
  /^AWS4-[A-Z0-9-]+ +(?:.*[ ,])?Credential=([^, ]+)/.exec(authorization)?.[1];

const inQuery = (url: string): string | undefined => {
  const start = url.indexOf('?');
  return start < 0 ? undefined : (new URLSearchParams(url.slice(start)).get('X-Amz-Credential') ?? undefined);
};
