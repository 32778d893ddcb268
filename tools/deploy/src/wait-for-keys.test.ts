import { describe, expect, it } from '@jest/globals';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Template } from './assembly.ts';
import { keysRead, KeysMissingError, waitForKeys } from './wait-for-keys.ts';

const lookUp = (Default: string) => ({ Type: 'AWS::SSM::Parameter::Value<String>', Default });
const template: Template = {
  stack: 'S',
  region: 'us-west-2',
  Parameters: {
    A: lookUp('/acme/dev/stream/telemetry-arn'),
    B: lookUp('/acme/dev/own/thing'),
    Boot: lookUp('/cdk-bootstrap/hnb659fds/version'),
  },
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/acme/dev/own/thing' } } },
};
const store = (...invalidPerCall: string[][]) =>
  ({ send: async () => ({ InvalidParameters: invalidPerCall.shift() ?? [] }) }) as unknown as SSMClient;

describe('keysRead', () => {
  it('names what other apps publish: not its own keys, nor those of the bootstrap stack', () => {
    expect(keysRead([template])).toEqual(['/acme/dev/stream/telemetry-arn']);
  });
});

describe('waitForKeys', () => {
  const keys = ['/acme/dev/stream/telemetry-arn'];

  it('says once what it waits for, and goes on when it is there', async () => {
    const told: string[] = [];
    await waitForKeys(keys, store(keys, keys, []), (missing) => told.push(...missing), { everyMs: 1 });
    expect(told).toEqual(keys);
  });

  it('gives up with the keys and the app to deploy first', async () => {
    const waiting = waitForKeys(keys, store(keys), () => undefined, { minutes: 0 });
    await expect(waiting).rejects.toThrow(new KeysMissingError(keys));
    await expect(waiting).rejects.toThrow('deploy stream first');
  });
});
