import * as z from 'zod';
import { region } from '../aws/identity.ts';

const Key = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })).min(1);
const Projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const Index = z.strictObject({ IndexName: z.string(), KeySchema: Key, Projection });
const TimeToLive = z.strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() });
const PointInTimeRecovery = z.strictObject({
  PointInTimeRecoveryEnabled: z.boolean().optional(),
  RecoveryPeriodInDays: z.number().optional(),
});
/** Capacity and its scaling: read to say that nothing limits a table here. */
const Capacity = z.looseObject({});
const Insights = z.strictObject({ Enabled: z.boolean(), Mode: z.string().optional() });

const common = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: Key,
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  TimeToLiveSpecification: TimeToLive.optional(),
  SSESpecification: z.looseObject({}).optional(),
};

/** `AWS::DynamoDB::Table`, CDK's Table. */
export const TableProperties = z.strictObject({
  ...common,
  GlobalSecondaryIndexes: z
    .array(
      Index.extend({
        ProvisionedThroughput: Capacity.optional(),
        OnDemandThroughput: Capacity.optional(),
        ContributorInsightsSpecification: Insights.optional(),
      }),
    )
    .optional(),
  ProvisionedThroughput: Capacity.optional(),
  OnDemandThroughput: Capacity.optional(),
  PointInTimeRecoverySpecification: PointInTimeRecovery.optional(),
  ContributorInsightsSpecification: Insights.optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  TableClass: z.string().optional(),
});
export type TableProperties = z.infer<typeof TableProperties>;

const Replica = z.strictObject({
  Region: z.literal(region, { error: `the laptop has one region, ${region}` }),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        ContributorInsightsSpecification: Insights.optional(),
        ReadOnDemandThroughputSettings: Capacity.optional(),
        ReadProvisionedThroughputSettings: Capacity.optional(),
      }),
    )
    .optional(),
  PointInTimeRecoverySpecification: PointInTimeRecovery.optional(),
  ContributorInsightsSpecification: Insights.optional(),
  ReadOnDemandThroughputSettings: Capacity.optional(),
  ReadProvisionedThroughputSettings: Capacity.optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  TableClass: z.string().optional(),
  SSESpecification: z.looseObject({}).optional(),
  Tags: z.array(z.looseObject({})).optional(),
});

/** `AWS::DynamoDB::GlobalTable`, CDK's TableV2, with its one replica. */
export const GlobalTableProperties = z.strictObject({
  ...common,
  GlobalSecondaryIndexes: z
    .array(
      Index.extend({
        WriteOnDemandThroughputSettings: Capacity.optional(),
        WriteProvisionedThroughputSettings: Capacity.optional(),
      }),
    )
    .optional(),
  Replicas: z.array(Replica).length(1, { error: 'the laptop has one replica of a table' }),
  WriteOnDemandThroughputSettings: Capacity.optional(),
  WriteProvisionedThroughputSettings: Capacity.optional(),
});
export type GlobalTableProperties = z.infer<typeof GlobalTableProperties>;

/** What makes a table on the laptop, whichever of the two types declares it. */
export type TableShape = Pick<
  TableProperties,
  'AttributeDefinitions' | 'KeySchema' | 'LocalSecondaryIndexes' | 'TimeToLiveSpecification'
> & { readonly GlobalSecondaryIndexes?: readonly z.infer<typeof Index>[] | undefined };
