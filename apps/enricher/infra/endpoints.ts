import type { Settings } from '@acme/cdk-kit';
import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/**
 * A way from a VPC to DynamoDB that does not leave AWS, for whoever loads and reads lookup tables from there, where the
 * stage asks for endpoints. It costs nothing. The function itself runs in no VPC; the lake's stack has the way to S3.
 */
export const endpoints = (scope: Construct, { region, lake }: Settings): void => {
  if (lake.endpoints === undefined) return;
  const { vpcId, routeTableIds } = lake.endpoints;
  new CfnVPCEndpoint(scope, 'ToDynamoDb', {
    vpcId,
    vpcEndpointType: 'Gateway',
    serviceName: `com.amazonaws.${region}.dynamodb`,
    routeTableIds,
  });
};
