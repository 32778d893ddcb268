import { describe, expect, it } from '@jest/globals';
import { resolver } from './resolve.ts';
import type { BuiltResource } from './resource-kind.ts';
import { Template } from './template.ts';

const built: Readonly<Record<string, BuiltResource>> = {
  Events: { ref: 'clicks', attributes: { Arn: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks' } },
};

const resolving = (template: object = {}) =>
  resolver(
    {
      name: 'AcmeStack',
      template: Template.parse({ Resources: { Events: { Type: 'AWS::Kinesis::Stream' } }, ...template }),
    },
    {
      resource: (logicalId) => built[logicalId],
      parameter: (name) => (name === '/acme/local/stream/arn' ? 'arn:published' : undefined),
    },
  );

const resolved = (value: unknown, template?: object) =>
  resolving(template).value(value, { stack: 'AcmeStack', logicalId: 'Send', path: 'Properties.X' });

describe('a template value', () => {
  it.each([
    ['a plain value', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
    ['Ref of a resource', { Ref: 'Events' }, 'clicks'],
    ['Ref of the region', { Ref: 'AWS::Region' }, 'us-west-2'],
    ['Ref of the account', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Ref of the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['Ref of the suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['Ref of the stack', { Ref: 'AWS::StackName' }, 'AcmeStack'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Events', 'Arn'] }, built['Events']?.attributes?.['Arn']],
    ['Fn::GetAtt in one text', { 'Fn::GetAtt': 'Events.Arn' }, built['Events']?.attributes?.['Arn']],
    ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'Events' }, 1]] }, 'a/clicks/1'],
    [
      'Fn::Sub',
      { 'Fn::Sub': 'b-${AWS::AccountId}-${Events}-${Events.Arn}-${!Kept}' },
      `b-000000000000-clicks-${built['Events']?.attributes?.['Arn']}-\${Kept}`,
    ],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${A}/${Events}', { A: { Ref: 'AWS::Region' } }] }, 'us-west-2/clicks'],
    [
      'Fn::Select of Fn::Split',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Events', 'Arn'] }] }] },
      'clicks',
    ],
    ['AWS::NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['AWS::NoValue in a list', [{ Ref: 'AWS::NoValue' }, 2], [2]],
  ])('resolves %s', (_, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it('takes the branch of Fn::If that its condition chooses, over every operator', () => {
    const template = {
      Conditions: {
        Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-west-2'] },
        There: { 'Fn::Not': [{ Condition: 'Here' }] },
        Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'There' }] },
        Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'There' }] },
      },
    };
    const chosen = ['Here', 'There', 'Both', 'Either'].map((name) => ({ 'Fn::If': [name, 'yes', 'no'] }));
    expect(resolved(chosen, template)).toEqual(['yes', 'no', 'no', 'yes']);
    expect(resolved({ a: { 'Fn::If': ['There', 1, { Ref: 'AWS::NoValue' }] } }, template)).toEqual({});
    expect([resolving(template).holds(undefined), resolving(template).holds('There')]).toEqual([true, false]);
  });

  it('reads mappings, by the region too', () => {
    const template = { Mappings: { Sizes: { 'us-west-2': { shards: 4 } } } };
    expect(resolved({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'shards'] }, template)).toBe(4);
  });

  it('reads template parameters, and those of SSM from the parameter store', () => {
    const template = {
      Parameters: {
        Shards: { Type: 'Number', Default: 2 },
        Stream: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/acme/local/stream/arn' },
      },
    };
    expect(resolved([{ Ref: 'Shards' }, { Ref: 'Stream' }], template)).toEqual([2, 'arn:published']);
  });

  it.each([
    [
      { a: [{ 'Fn::Cidr': [] }] },
      {},
      'AcmeStack/Send at Properties.X.a.0: Fn::Cidr is not resolved on the laptop; use another intrinsic, or add it to tools/laptop-aws/src/assembly/resolve.ts',
    ],
    [
      { Ref: 'Nobody' },
      {},
      'AcmeStack/Send at Properties.X.Ref: this template has no Nobody; correct the name in the app',
    ],
    [
      { 'Fn::GetAtt': ['Events', 'Colour'] },
      {},
      'AcmeStack/Send at Properties.X.Fn::GetAtt: AWS::Kinesis::Stream has no attribute Colour on the laptop (it has Arn); add it where that type is built in tools/local/src',
    ],
    [
      { 'Fn::Sub': '${Nobody.Arn}' },
      {},
      'AcmeStack/Send at Properties.X.Fn::Sub: this template has no Nobody; correct the name in the app',
    ],
    [
      { 'Fn::Join': [','] },
      {},
      'AcmeStack/Send at Properties.X.Fn::Join: a list of 2 is needed here; correct the value in the app',
    ],
    [
      { 'Fn::Join': [',', [{ a: 1 }]] },
      {},
      'AcmeStack/Send at Properties.X.Fn::Join: a text is needed here; correct the value in the app',
    ],
    [
      { 'Fn::Select': [3, ['a']] },
      {},
      'AcmeStack/Send at Properties.X.Fn::Select: the list has no item of that index; correct the index in the app',
    ],
    [
      { 'Fn::FindInMap': ['M', 'a', 'b'] },
      {},
      'AcmeStack/Send at Properties.X.Fn::FindInMap: Mappings has no M.a.b; add it in the app, for the region of the laptop too',
    ],
    [
      { 'Fn::If': ['C', 1, 2] },
      {},
      'AcmeStack/Send at Properties.X.Fn::If: this template has no condition C; correct the name in the app',
    ],
    [
      { 'Fn::If': ['C', 1, 2] },
      { Conditions: { C: { 'Fn::Contains': [] } } },
      'AcmeStack/C at Conditions: Fn::Contains is not a condition that is known on the laptop; use Fn::Equals, Fn::Not, Fn::And or Fn::Or, or add it to tools/laptop-aws/src/assembly/conditions.ts',
    ],
    [
      { Ref: 'P' },
      { Parameters: { P: { Type: 'String' } } },
      'AcmeStack/Send at Properties.X.Ref: parameter P has no default; give it one in the app',
    ],
    [
      { Ref: 'P' },
      { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/acme/local/x' } } },
      'AcmeStack/Send at Properties.X.Ref: no stack publishes the SSM parameter /acme/local/x; publish it in the app that owns it, or put it with the SSM API and start again',
    ],
    [
      { Ref: 'Left' },
      { Conditions: { C: { 'Fn::Equals': [1, 2] } }, Resources: { Left: { Type: 'AWS::S3::Bucket', Condition: 'C' } } },
      'AcmeStack/Send at Properties.X.Ref: Left is left out by its condition C; put what names it under the same condition',
    ],
    [
      '{{resolve:ssm:x}}',
      {},
      'AcmeStack/Send at Properties.X: dynamic references ({{resolve:…}}) are not resolved on the laptop; look the value up as an SSM parameter, or read the secret in the function',
    ],
  ])('says where and what to do about %j', (value, template, message) => {
    expect(() => resolved(value, template)).toThrow(message);
  });
});
