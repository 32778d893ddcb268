import { describe, expect, it } from '@jest/globals';
import type { AwsService } from '../aws/service.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { startEnvironment } from '../lambda/execution-environment.ts';
import { noFaults, openFaults } from './faults.ts';

const service: AwsService = () => undefined;
const services = { dynamodb: service, 'execute-api': service, firehose: service, kinesis: service, s3: service };

describe('the fault switches', () => {
  it('leave everything as it is when none is on: the very same functions', () => {
    const operations = {};
    const some = { invoke: async () => ({ requestId: 'one', payload: 'null' }), put: async () => undefined };
    expect(noFaults.environments(startEnvironment)).toBe(startEnvironment);
    expect(noFaults.deliveries(some)).toBe(some);
    expect(noFaults.puts({} as Kinesis, operations)).toBe(operations);
    expect(noFaults.batches(operations)).toBe(operations);
    expect(noFaults.destination(some)).toBe(some);
    for (const same of Object.values(noFaults.services(services))) expect(same).toBe(service);
    expect(noFaults.counts()).toEqual({});
  });

  it('touch only what is on', () => {
    const { s3, ...others } = openFaults({ kinds: ['s3-error'], seed: 1 }).services({ ...services, ssm: service });
    expect(s3).not.toBe(service);
    for (const same of Object.values(others)) expect(same).toBe(service);
  });
});
