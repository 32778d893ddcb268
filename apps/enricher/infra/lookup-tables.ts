import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
// What is looked up is said in one place, which knows no AWS: a further dimension is a file and its name there.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { dimensions, keyAttribute } from '../src/dimensions/index.ts';

/**
 * A table for each dimension, by the dimension's name: on demand, recoverable, encrypted.
 *
 * @param nameOf the physical name for a dimension's own. @default CloudFormation makes one
 */
export const lookupTables = (
  scope: Construct,
  removalPolicy: RemovalPolicy,
  nameOf?: (tableName: string) => string,
): ReadonlyMap<string, TableV2> =>
  new Map(
    dimensions.map(({ name, tableName }) => [
      name,
      new TableV2(scope, capitalised(name), {
        ...(nameOf ? { tableName: nameOf(tableName) } : {}),
        partitionKey: { name: keyAttribute, type: AttributeType.STRING },
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        encryption: TableEncryptionV2.awsManagedKey(),
        removalPolicy,
      }),
    ]),
  );

/** The tables as the function's environment names them: `customers=enricher-customers,…`. */
export const tableNames = (tables: ReadonlyMap<string, TableV2>): string =>
  Array.from(tables, ([name, { tableName }]) => `${name}=${tableName}`).join(',');

/** A dimension's name as it stands in names of constructs and outputs: `Customers`. */
export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
