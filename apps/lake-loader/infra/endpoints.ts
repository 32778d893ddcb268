import type { Settings } from '@acme/cdk-kit';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Ways from a VPC to S3, Athena and Glue that do not leave AWS, where the stage's settings ask for them. */
export const endpoints = (scope: Construct, { region, lake }: Settings): void => {
  if (lake.endpoints === undefined) return;
  const { vpcId, cidr, subnetIds, routeTableIds } = lake.endpoints;
  new CfnVPCEndpoint(scope, 'ToS3', {
    vpcId,
    vpcEndpointType: 'Gateway',
    serviceName: `com.amazonaws.${region}.s3`,
    routeTableIds,
  });
  const https = new CfnSecurityGroup(scope, 'ToAthenaAndGlue', {
    vpcId,
    groupDescription: 'Lets readers of the lake reach Athena and Glue',
    securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: cidr, description: 'HTTPS' }],
  });
  for (const [id, service] of [
    ['ToAthena', 'athena'],
    ['ToGlue', 'glue'],
  ] as const) {
    new CfnVPCEndpoint(scope, id, {
      vpcId,
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${region}.${service}`,
      subnetIds,
      securityGroupIds: [https.attrGroupId],
      privateDnsEnabled: true,
    });
  }
};
