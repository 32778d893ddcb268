import { resourceKind, type BuiltResource, type ResourceKinds } from '../assembly/resource-kind.ts';
import { arn } from '../aws/identity.ts';
import type { DynamoDb } from './dynamodb.ts';
import { shapeTable } from './table.ts';
import { GlobalTableProperties, TableProperties, type TableShape } from './table-properties.ts';

/** Tables, of either CloudFormation type. */
export const dynamoDbResources = (dynamoDb: DynamoDb): ResourceKinds => {
  const table = async (name: string, shape: TableShape, settings: readonly string[]): Promise<BuiltResource> => {
    await shapeTable(dynamoDb, name, shape);
    return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) }, notHonoured: settings };
  };
  return {
    'AWS::DynamoDB::Table': resourceKind(TableProperties, (properties, { generatedName }) =>
      table(properties.TableName ?? generatedName, properties, notHonoured(properties, properties)),
    ),
    'AWS::DynamoDB::GlobalTable': resourceKind(GlobalTableProperties, (properties, { generatedName }) =>
      table(properties.TableName ?? generatedName, properties, notHonoured(properties, properties.Replicas[0])),
    ),
  };
};

const notHonoured = (
  table: Pick<TableProperties, 'BillingMode' | 'TimeToLiveSpecification'>,
  replica: Pick<TableProperties, 'PointInTimeRecoverySpecification' | 'DeletionProtectionEnabled'> | undefined,
): string[] => [
  ...(table.BillingMode === 'PROVISIONED' ? ['ProvisionedThroughput: nothing limits a table here'] : []),
  ...(table.TimeToLiveSpecification?.Enabled ? ['TimeToLiveSpecification: expired items stay'] : []),
  ...(replica?.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled
    ? ['PointInTimeRecoverySpecification: there are no backups here']
    : []),
  ...(replica?.DeletionProtectionEnabled ? ['DeletionProtectionEnabled'] : []),
];
