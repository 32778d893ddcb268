import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import type { BuiltStack } from '../assembly/build-stack.ts';
import { type Front, openFront } from '../front/front.ts';
import { cloudFormationService } from './service.ts';

const stacks: BuiltStack[] = [
  {
    name: 'AcmeKinesisStack',
    outputs: [
      { key: 'StreamName', value: 'acme-telemetry-stream', description: 'Telemetry & more' },
      { key: 'Url', value: 'ws://127.0.0.1/?a=1&b=<2>' },
    ],
    resources: [{ logicalId: 'Events', type: 'AWS::Kinesis::Stream', physicalId: 'acme-telemetry-stream' }],
  },
  { name: 'AcmeProducerStack', outputs: [], resources: [] },
];

describe('CloudFormation', () => {
  let front: Front;
  let client: CloudFormationClient;

  beforeAll(async () => {
    const services = { cloudformation: cloudFormationService(() => stacks) };
    front = await openFront({ port: 0, services, upgrade: () => undefined });
    client = new CloudFormationClient({
      endpoint: `http://127.0.0.1:${front.port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    client.destroy();
    await front.close();
  });

  it('describes the stacks with their outputs, all or one', async () => {
    const { Stacks: all } = await client.send(new DescribeStacksCommand({}));
    expect(all?.map(({ StackName, StackStatus }) => [StackName, StackStatus])).toEqual([
      ['AcmeKinesisStack', 'CREATE_COMPLETE'],
      ['AcmeProducerStack', 'CREATE_COMPLETE'],
    ]);
    const { Stacks: one } = await client.send(new DescribeStacksCommand({ StackName: 'AcmeKinesisStack' }));
    expect(one?.map(({ Outputs }) => Outputs)).toEqual([
      [
        { OutputKey: 'StreamName', OutputValue: 'acme-telemetry-stream', Description: 'Telemetry & more' },
        { OutputKey: 'Url', OutputValue: 'ws://127.0.0.1/?a=1&b=<2>' },
      ],
    ]);
    const { Stacks: byId } = await client.send(new DescribeStacksCommand({ StackName: one?.[0]?.StackId }));
    expect(byId?.[0]?.StackName).toBe('AcmeKinesisStack');
  });

  it('lists stacks and describes their resources', async () => {
    const { StackSummaries } = await client.send(new ListStacksCommand({}));
    expect(StackSummaries?.map(({ StackName }) => StackName)).toEqual(['AcmeKinesisStack', 'AcmeProducerStack']);
    const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: 'AcmeKinesisStack' }));
    expect(StackResources).toMatchObject([
      {
        LogicalResourceId: 'Events',
        PhysicalResourceId: 'acme-telemetry-stream',
        ResourceType: 'AWS::Kinesis::Stream',
      },
    ]);
  });

  it("says in AWS's words that a stack does not exist", async () => {
    await expect(client.send(new DescribeStacksCommand({ StackName: 'None' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('does not exist'),
    });
  });
});
