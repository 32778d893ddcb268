import { named, removalPolicy, type Settings } from '@acme/cdk-kit';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
// What is looked up is said in one place, which knows no AWS: a further dimension is a file and its name there.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { dimensions, keyAttribute } from '../src/dimensions/index.ts';

/** A table for each dimension, by the dimension's name: on demand, recoverable, encrypted. */
export const lookupTables = (scope: Construct, settings: Settings): ReadonlyMap<string, TableV2> =>
  new Map(
    dimensions.map(({ name, tableName }) => [
      name,
      new TableV2(scope, capitalised(name), {
        tableName: named(settings, tableName),
        partitionKey: { name: keyAttribute, type: AttributeType.STRING },
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        encryption: TableEncryptionV2.awsManagedKey(),
        removalPolicy: removalPolicy(settings),
      }),
    ]),
  );

/** A dimension's name as it stands in names of constructs and outputs: `Customers`. */
export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
