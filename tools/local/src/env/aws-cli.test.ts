import { describe, expect, it } from '@jest/globals';
import { tooOld } from './aws-cli.ts';

describe('an AWS CLI', () => {
  it.each(['1.29.0', '1.45.11', '2.13.0', '2.31.2', '3.0.0'])('%s takes the endpoint from the shell', (version) =>
    expect(tooOld(`aws-cli/${version} Python/3.11.7 Linux/6.1 botocore/1.2`)).toBeUndefined(),
  );

  it('that would call the real AWS is named, with what to do', () => {
    expect(tooOld('aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 source/x86_64.debian.12 prompt/off')).toBe(
      'the AWS CLI on the PATH is 2.9.19 and does not know AWS_ENDPOINT_URL: its commands would go to the real AWS. ' +
        'Take 2.13 or later, or give each command --endpoint-url "$AWS_ENDPOINT_URL".',
    );
    expect(tooOld('aws-cli/1.27.160 Python/3.9')).toMatch(/is 1\.27\.160 .* Take 1\.29 or later/);
  });

  it('may be missing', () => expect(tooOld('')).toBeUndefined());
});
