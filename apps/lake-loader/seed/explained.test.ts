import { describe, expect, it } from '@jest/globals';
import { explained } from './explained.ts';

const laptop = { stage: 'local', client: { region: 'us-west-2', endpoint: 'http://127.0.0.1:4566' } };
const prod = { stage: 'prod', client: { region: 'us-west-2' } };
const failure = (name: string, rest: object = {}): Error =>
  Object.assign(new Error('in its own words'), { name, ...rest });

describe('explained', () => {
  it.each([
    [
      laptop,
      failure('Error', { code: 'ECONNREFUSED' }),
      'nothing answers at http://127.0.0.1:4566: start the platform with npm start, or name the folder that it runs on with --dir',
    ],
    [
      laptop,
      failure('NoSuchBucket'),
      'the bucket of the lake is gone from the platform at http://127.0.0.1:4566: deploy lake-loader again',
    ],
    [prod, failure('ParameterNotFound'), 'stage prod has no lake: deploy lake-loader first'],
    [prod, failure('AccessDenied'), 'stage prod does not let these credentials write to the lake: in its own words'],
    [prod, failure('CredentialsProviderError'), 'there are no AWS credentials for stage prod: in its own words'],
    [prod, failure('SlowDown'), 'could not seed stage prod: SlowDown: in its own words'],
  ])('says of %j what to do (%#)', (target, error, message) => {
    expect(explained(error, target)).toBe(message);
  });
});
