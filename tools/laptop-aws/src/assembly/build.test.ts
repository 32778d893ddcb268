import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { buildPlatform } from './build.ts';
import { resourceKind, type ResourceKinds } from './resource-kind.ts';
import { type Stack, Template } from './template.ts';

/** Kinds that write down what they were given, in the order of building. */
const recording = () => {
  const built: [string, unknown][] = [];
  const parameters = new Map<string, string>();
  const kinds: ResourceKinds = {
    'AWS::Kinesis::Stream': resourceKind(
      z.strictObject({ Name: z.string().optional(), Mode: z.string().optional() }),
      (properties, { logicalId, generatedName }) => {
        built.push([logicalId, properties]);
        const name = properties.Name ?? generatedName;
        return { ref: name, attributes: { Arn: `arn:${name}` }, notHonoured: properties.Mode ? ['Mode'] : [] };
      },
    ),
    'AWS::Lambda::Function': resourceKind(z.looseObject({}), async (properties, { logicalId }) => {
      built.push([logicalId, properties]);
      return { ref: logicalId };
    }),
    'AWS::S3::Bucket': resourceKind(z.strictObject({}), (_, { generatedName }) => ({ ref: generatedName })),
    'AWS::ApiGatewayV2::Api': resourceKind(z.strictObject({}), () => ({ ref: 'a1b2c3' })),
    'AWS::SSM::Parameter': resourceKind(z.strictObject({ Name: z.string(), Value: z.string() }), ({ Name, Value }) => {
      parameters.set(Name, Value);
      return { ref: Name };
    }),
    'AWS::Broken::Thing': resourceKind(z.strictObject({}), () => {
      throw new Error('the disk is full');
    }),
  };
  return { built, kinds, parameter: (name: string) => parameters.get(name) };
};

const stack = (name: string, template: object): Stack => ({ name, template: Template.parse(template) });

const build = async (...stacks: Stack[]) => {
  const { built, ...engines } = recording();
  return { built, platform: await buildPlatform({ stacks, ...engines, port: 4566 }) };
};

const stream = stack('AcmeKinesisStack', {
  Resources: {
    Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'clicks', Tags: [{ Key: 'app', Value: 'stream' }] } },
    Published: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/acme/stream-arn', Value: { 'Fn::GetAtt': ['Events', 'Arn'] } },
    },
  },
  Outputs: { StreamName: { Value: { Ref: 'Events' }, Description: 'The stream' } },
});

describe('building the platform', () => {
  it('builds stacks after those whose parameters they look up, resources after what they name', async () => {
    const reader = stack('AcmeProducerStack', {
      Parameters: { Arn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/acme/stream-arn' } },
      Resources: {
        Send: {
          Type: 'AWS::Lambda::Function',
          DependsOn: ['Policy'],
          Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Stream: { Ref: 'Arn' }, Also: { Ref: 'Late' } },
        },
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyDocument: { Resource: { 'Fn::GetAtt': ['Send', 'Unknown'] } } },
        },
        Role: { Type: 'AWS::IAM::Role', Properties: {} },
        Late: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'late', Mode: 'x' } },
      },
    });
    const { built, platform } = await build(reader, stream);

    expect(built).toEqual([
      ['Events', { Name: 'clicks' }],
      ['Late', { Name: 'late', Mode: 'x' }],
      [
        'Send',
        {
          Role: expect.stringMatching(/^arn:aws:iam::000000000000:role\/AcmeProducerStack-Role-[0-9A-F]{12}$/),
          Stream: 'arn:clicks',
          Also: 'late',
        },
      ],
    ]);
    expect(platform).toMatchObject({
      stacks: [
        {
          name: 'AcmeKinesisStack',
          outputs: [{ key: 'StreamName', value: 'clicks', description: 'The stream' }],
          resources: [
            { logicalId: 'Events', type: 'AWS::Kinesis::Stream', physicalId: 'clicks' },
            { logicalId: 'Published', type: 'AWS::SSM::Parameter', physicalId: '/acme/stream-arn' },
          ],
        },
        { name: 'AcmeProducerStack', outputs: [] },
      ],
      notRunHere: [
        { type: 'AWS::IAM::Policy', count: 1 },
        { type: 'AWS::IAM::Role', count: 1 },
      ],
      notHonoured: ['AcmeProducerStack/Late (AWS::Kinesis::Stream): Mode'],
      rewritten: [],
    });
  });

  it('points addresses of its own WebSocket APIs at itself, and no others', async () => {
    const url = (scheme: string, id: unknown) => ({
      'Fn::Join': ['', [scheme, '://', id, '.execute-api.us-west-2.', { Ref: 'AWS::URLSuffix' }, '/prod']],
    });
    const { built, platform } = await build(
      stack('AcmeDashboardStack', {
        Resources: {
          Push: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Environment: { Variables: { CALLBACK: url('https', { Ref: 'Api' }), OTHER: url('https', 'zzz') } },
            },
          },
          Api: { Type: 'AWS::ApiGatewayV2::Api' },
        },
        Outputs: { Endpoint: { Value: url('wss', { Ref: 'Api' }) } },
      }),
    );

    expect(built).toEqual([
      [
        'Push',
        {
          Environment: {
            Variables: {
              CALLBACK: 'http://127.0.0.1:4566/_ws/a1b2c3/prod',
              OTHER: 'https://zzz.execute-api.us-west-2.amazonaws.com/prod',
            },
          },
        },
      ],
    ]);
    expect(platform.stacks[0]?.outputs).toEqual([{ key: 'Endpoint', value: 'ws://127.0.0.1:4566/_ws/a1b2c3/prod' }]);
    expect(platform.rewritten).toEqual([
      'AcmeDashboardStack/Push.Environment.Variables.CALLBACK http://127.0.0.1:4566/_ws/a1b2c3/prod',
      'AcmeDashboardStack/Outputs.Endpoint ws://127.0.0.1:4566/_ws/a1b2c3/prod',
    ]);
  });

  it('leaves out resources and outputs whose condition does not hold', async () => {
    const { built, platform } = await build(
      stack('S', {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: { Gone: { Type: 'AWS::Kinesis::Stream', Condition: 'Never' } },
        Outputs: { GoneName: { Value: { Ref: 'Gone' }, Condition: 'Never' } },
      }),
    );
    expect([built, platform.stacks]).toEqual([[], [{ name: 'S', outputs: [], resources: [] }]]);
  });

  it('names what the template leaves unnamed alike at every start, buckets in lower case', async () => {
    const template = { Resources: { Lake: { Type: 'AWS::S3::Bucket' }, Events: { Type: 'AWS::Kinesis::Stream' } } };
    const names = async () =>
      (await build(stack('AcmeStack', template))).platform.stacks[0]?.resources.map(({ physicalId }) => physicalId);

    expect(await names()).toEqual([
      expect.stringMatching(/^acmestack-lake-[0-9a-f]{12}$/),
      expect.stringMatching(/^AcmeStack-Events-[0-9A-F]{12}$/),
    ]);
    expect(await names()).toEqual(await names());
  });

  it.each([
    [
      'an unknown type',
      { Type: 'AWS::EKS::Cluster' },
      'S/X: the laptop platform has no AWS::EKS::Cluster; give it a kind in tools/local/src, or list it in assembly/passive.ts if it has nothing to run',
    ],
    [
      'an unknown property',
      { Type: 'AWS::Kinesis::Stream', Properties: { Colour: 'red' } },
      'S/X at Properties: AWS::Kinesis::Stream is not built here with these properties (Unrecognized key: "Colour"); honour them in its kind in tools/local/src, or change the app',
    ],
    [
      'a property of the wrong type',
      { Type: 'AWS::Kinesis::Stream', Properties: { Name: 1 } },
      'S/X at Properties: AWS::Kinesis::Stream is not built here with these properties (Name: Invalid input: expected string, received number); honour them in its kind in tools/local/src, or change the app',
    ],
    [
      'an engine that fails',
      { Type: 'AWS::Broken::Thing' },
      'S/X: AWS::Broken::Thing could not be built; the disk is full',
    ],
  ])('stops at %s and says where', async (_, resource, message) => {
    await expect(build(stack('S', { Resources: { X: resource } }))).rejects.toThrow(message);
  });

  it('refuses rings of resources and of stacks', async () => {
    const ring = { A: { Type: 'AWS::S3::Bucket', DependsOn: 'B' }, B: { Type: 'AWS::S3::Bucket', DependsOn: ['A'] } };
    await expect(build(stack('S', { Resources: ring }))).rejects.toThrow('none can come first: A -> B -> A');

    const readsAndPublishes = (name: string, reads: string, publishes: string) =>
      stack(name, {
        Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: reads } },
        Resources: { Out: { Type: 'AWS::SSM::Parameter', Properties: { Name: publishes, Value: { Ref: 'P' } } } },
      });
    await expect(build(readsAndPublishes('One', '/a', '/b'), readsAndPublishes('Two', '/b', '/a'))).rejects.toThrow(
      'none can come first: One -> Two -> One',
    );
  });
});
