/**
 * The names under which stacks publish values for each other. The left side is for code, the right side for AWS
 * (`/acme/<stage>/<right side>`); its first word is the app that owns and publishes the value.
 */
export const contract = {
  telemetryStreamArn: 'stream/telemetry-arn',
  clickstreamStreamArn: 'stream/clickstream-arn',
  /** Comma-separated `host:port`. */
  kafkaBootstrapServers: 'stream/kafka-bootstrap-servers',
  kafkaClusterArn: 'stream/kafka-cluster-arn',
  /** The group that a client of the brokers must be in. */
  kafkaClientsGroupId: 'stream/kafka-clients-group-id',
  vpcId: 'stream/vpc-id',
  /** Comma-separated, as many as `privateSubnetIds`, in the same order. */
  vpcZones: 'stream/vpc-zones',
  privateSubnetIds: 'stream/private-subnet-ids',
  brokersGroupId: 'stream/kafka-brokers-group-id',
  lakeBucketName: 'lake-loader/lake-bucket-name',
  lakeDatabaseName: 'lake-loader/lake-database-name',
  lakeWorkGroupName: 'lake-loader/lake-work-group-name',
  /** A managed policy: whoever has it may query the lake in its workgroup. */
  lakeReadPolicyArn: 'lake-loader/lake-read-policy-arn',
  analyticsResultsTableName: 'analytics/results-table-name',
  analyticsAggregatesTableName: 'analytics/aggregates-table-name',
  producerArn: 'producer/function-arn',
  webSocketUrl: 'ws-consumer/web-socket-url',
  socketKeyArn: 'ws-consumer/socket-key-arn',
} as const;

export type ContractKey = keyof typeof contract;

/** The SSM parameter that holds a published value in a stage. */
export const parameterName = (stage: string, key: ContractKey): string => `/acme/${stage}/${contract[key]}`;

/** The app that publishes a value. */
export const ownerOf = (key: ContractKey): string => contract[key].split('/')[0] as string;

export {
  type ConsumerName,
  consumersThatTake,
  type ReaderName,
  readerNames,
  readers,
  readersOf,
  type Takes,
} from './readers.ts';
