import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { NetworkStack } from './network-stack.ts';

const synthesised = (egress: 'endpoints' | 'nat' = 'endpoints') => {
  const { app, settings } = testApp('dev', { transport: 'kafka' });
  const kafka = { ...settings.kafka, network: { ...settings.kafka.network, egress } };
  const props = { settings: { ...settings, kafka }, env: { region: settings.region } };
  return Template.fromStack(new NetworkStack(app, 'Network', props));
};

describe('NetworkStack', () => {
  const template = synthesised();
  const propertiesOf = (type: string, from = template) =>
    Object.values(from.findResources(type)).map(({ Properties }) => Properties);
  const groupOf = (reference: { 'Fn::GetAtt': [string, string] }): string => reference['Fn::GetAtt'][0].slice(0, -8);

  it('lets clients and pollers reach the brokers where IAM decides, clients reach S3, and nobody else anything', () => {
    const ingress = propertiesOf('AWS::EC2::SecurityGroupIngress').map(
      ({ GroupId, SourceSecurityGroupId, FromPort, ToPort, IpProtocol }) =>
        `${groupOf(SourceSecurityGroupId)} -> ${groupOf(GroupId)} ${IpProtocol} ${FromPort}-${ToPort}`,
    );
    expect(ingress.sort()).toEqual(['Brokers -> Brokers tcp 9098-9098', 'KafkaClients -> Brokers tcp 9098-9098']);
    const egress = propertiesOf('AWS::EC2::SecurityGroupEgress').map(
      ({ GroupId, DestinationSecurityGroupId: group, DestinationPrefixListId: list, FromPort, ToPort, IpProtocol }) =>
        `${groupOf(GroupId)} -> ${group ? groupOf(group) : groupOf(list)} ${IpProtocol} ${FromPort}-${ToPort}`,
    );
    expect(egress.sort()).toEqual([
      'Brokers -> Brokers tcp 9098-9098',
      'KafkaClients -> Brokers tcp 9098-9098',
      'KafkaClients -> S3PrefixList tcp 443-443',
    ]);
    for (const group of propertiesOf('AWS::EC2::SecurityGroup')) {
      expect(group).not.toHaveProperty('SecurityGroupIngress');
      expect(group).not.toHaveProperty('SecurityGroupEgress');
    }
  });

  it('names no address outside: no rule and, with endpoints only, no route leads there', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/0\.0\.0\.0\/0|::\/0/);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' });
  });

  it('has a private subnet in each of three zones, and on demand one NAT gateway beside S3’s endpoint', () => {
    const nat = synthesised('nat');
    for (const each of [template, nat]) {
      const zones = propertiesOf('AWS::EC2::Subnet', each)
        .filter(({ Tags }) => JSON.stringify(Tags).includes('"Private"'))
        .map(({ AvailabilityZone, MapPublicIpOnLaunch }) => ({ AvailabilityZone, MapPublicIpOnLaunch }));
      expect(zones).toEqual(
        ['a', 'b', 'c'].map((zone) => ({ AvailabilityZone: `us-west-2${zone}`, MapPublicIpOnLaunch: false })),
      );
      each.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
    }
    nat.resourceCountIs('AWS::EC2::NatGateway', 1);
    nat.hasResourceProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  it('logs its flows, and closes the group that AWS adds to every network', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
  });

  it('publishes what others need to be put into it', () => {
    const names = propertiesOf('AWS::SSM::Parameter').map(({ Name }) => Name);
    expect(names.sort()).toEqual(
      ['kafka-brokers-group-id', 'kafka-clients-group-id', 'private-subnet-ids', 'vpc-id', 'vpc-zones'].map(
        (thing) => `/acme/dev/stream/${thing}`,
      ),
    );
    template.hasOutput('VpcId', { Value: Match.anyValue() });
  });
});
