import { describe, expect, it } from '@jest/globals';
import { isTransient } from './is-transient.ts';

const awsError = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

describe('passes', () => {
  it.each([
    awsError('InternalFailure', 500),
    awsError('ServiceUnavailable', 503),
    awsError('TooManyRequestsException', 429),
    awsError('ProvisionedThroughputExceededException', 400),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  ])('takes $message for passing', (error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([awsError('AccessDeniedException', 400), awsError('ResourceNotFoundException', 400), new TypeError('a bug')])(
    'takes $message for lasting',
    (error) => {
      expect(isTransient(error)).toBe(false);
    },
  );
});
