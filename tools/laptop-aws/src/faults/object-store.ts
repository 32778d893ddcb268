import { AwsError } from '../aws/aws-error.ts';
import type { S3 } from '../s3/s3.ts';
import type { FaultSource } from './fault-source.ts';

/**
 * S3 as Firehose sees it, with `s3-error`: a put fails before anything is stored, or after the object is there.
 */
export const failingPuts = (s3: Pick<S3, 'put'>, faults: FaultSource): Pick<S3, 'put'> => {
  if (!faults.has('s3-error')) return s3;
  return {
    put: async (bucket, key, body, contentType) => {
      const random = faults.decide('s3-error');
      if (!random) return s3.put(bucket, key, body, contentType);
      const isDone = random.below(2) === 1;
      if (isDone) await s3.put(bucket, key, body, contentType);
      else if (!Buffer.isBuffer(body)) body.destroy();
      faults.struck('s3-error');
      throw isDone
        ? new AwsError('InternalError', 'We encountered an internal error. Please try again.', 500)
        : new AwsError('SlowDown', 'Please reduce your request rate.', 503);
    },
  };
};
