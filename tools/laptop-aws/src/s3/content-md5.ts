import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { decodeAwsChunked, S3Error } from './fauxqs.ts';

/**
 * Holds a body against its Content-MD5, which fauxqs does not look at. Nothing is computed without one.
 *
 * @throws S3Error InvalidDigest, BadDigest
 */
export const refuseOtherBody = (headers: IncomingHttpHeaders, body: Buffer): void => {
  const expected = headers['content-md5'];
  if (expected === undefined) return;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(String(expected))) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.', 400);
  }
  const sent = headers['content-encoding']?.includes('aws-chunked') ? decodeAwsChunked(body).body : body;
  if (createHash('md5').update(sent).digest('base64') === expected) return;
  throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400);
};
