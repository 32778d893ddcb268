import { named, removalPolicy, type Settings } from '@acme/cdk-kit';
import { AttributeType, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** The index of results by event type and time. */
export const byEventType = 'EventTypeIndex';

export interface Tables {
  readonly results: TableV2;
  readonly aggregates: TableV2;
}

/** One item per event, and counters per minute and hour. Both on demand, recoverable, encrypted, and expiring. */
export const tables = (scope: Construct, settings: Settings): Tables => {
  const text = (name: string) => ({ name, type: AttributeType.STRING });
  const common = {
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryptionV2.awsManagedKey(),
    removalPolicy: removalPolicy(settings),
  };
  return {
    results: new TableV2(scope, 'Results', {
      ...common,
      tableName: named(settings, 'analytics-results'),
      partitionKey: text('eventId'),
      sortKey: text('timestamp'),
      globalSecondaryIndexes: [
        {
          indexName: byEventType,
          partitionKey: text('eventType'),
          sortKey: text('timestamp'),
          projectionType: ProjectionType.ALL,
        },
      ],
    }),
    aggregates: new TableV2(scope, 'Aggregates', {
      ...common,
      tableName: named(settings, 'analytics-aggregates'),
      partitionKey: text('window'),
      sortKey: text('subject'),
    }),
  };
};
