import { describe, expect, it } from '@jest/globals';
import { type AwsTarget, awsTarget } from './aws-target.ts';
import { asking, unreachable } from './unreachable.ts';

const laptop = awsTarget({ awsPort: 1 }, {});
const prod = awsTarget({}, { STAGE: 'prod' });
const named = awsTarget({}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
const failure = (rest: object) => Object.assign(new Error('in its own words'), rest);

describe('unreachable', () => {
  it.each<[AwsTarget, object, string | undefined]>([
    [
      laptop,
      { code: 'ECONNREFUSED' },
      'nothing answers at http://127.0.0.1:1: start the platform with npm start, or name the folder that it runs on with --dir',
    ],
    [named, { code: 'ECONNREFUSED' }, 'nothing answers at http://127.0.0.1:9, which AWS_ENDPOINT_URL names'],
    [named, { name: 'TimeoutError' }, 'nothing answers at http://127.0.0.1:9, which AWS_ENDPOINT_URL names'],
    [prod, { code: 'ENOTFOUND' }, 'stage prod cannot be reached: in its own words'],
    [prod, { code: 'ETIMEDOUT', message: '' }, 'stage prod cannot be reached: ETIMEDOUT'],
    [prod, { name: 'CredentialsProviderError' }, 'there are no AWS credentials for stage prod: in its own words'],
    [laptop, { name: 'ParameterNotFound' }, undefined],
    [laptop, { code: 'ENOENT' }, undefined],
  ])('says what to do about a failure to connect, and of no other: %#', (target, rest, said) => {
    expect(unreachable(failure(rest), target, env)).toBe(said);
  });
});

describe('asking', () => {
  it('gives the answer, says that there is none, and lets other failures through', async () => {
    const bug = failure({ name: 'TypeError' });
    const outcomes = [
      asking(prod, async () => 42),
      asking(prod, () => Promise.reject(failure({ code: 'ENOTFOUND' }))),
      asking(prod, () => Promise.reject(bug)),
    ];
    expect(await Promise.allSettled(outcomes)).toEqual([
      { status: 'fulfilled', value: 42 },
      {
        status: 'rejected',
        reason: expect.objectContaining({
          name: 'CommandError',
          message: 'stage prod cannot be reached: in its own words',
        }),
      },
      { status: 'rejected', reason: bug },
    ]);
  });
});
