import { readerNames } from '@acme/stack-contract';
import * as z from 'zod';
import { KafkaSettings } from './kafka/settings.ts';

const days = z.number().int().min(1);

const StreamSettings = z
  .strictObject({
    mode: z.enum(['ON_DEMAND', 'PROVISIONED']),
    /** Only for PROVISIONED; one shard takes 1 MB/s or 1,000 records/s. */
    shards: z.number().int().min(1).max(10_000).optional(),
  })
  .refine(({ mode, shards }) => (mode === 'PROVISIONED') === (shards !== undefined), {
    error: 'shards belongs to PROVISIONED, and PROVISIONED needs it',
  });

/** How a reader takes batches. Limits: Lambda API reference, CreateEventSourceMapping. */
const ReaderSettings = z.strictObject({
  /**
   * Records: on Kinesis one carries the events of a partition key, on Kafka one event. Lambda closes a batch by itself at
   * 6 MB of payload.
   */
  batchSize: z.strictObject({
    kinesis: z.number().int().min(1).max(10_000),
    kafka: z.number().int().min(1).max(10_000),
  }),
  /** How long a batch gathers: fewer and larger objects, later. @default the transport's own: 0 on Kinesis, 0.5 on Kafka */
  windowSeconds: z.number().int().min(0).max(300).optional(),
  /** Batches of one Kinesis shard under way at a time; keys keep their order. Kafka knows no such thing. @default 1 */
  parallelization: z.number().int().min(1).max(10).optional(),
  /** How often a batch is tried again. @default until it succeeds, or is too old */
  retries: z.number().int().min(0).max(10_000).optional(),
  /** What is older is given up. @default an hour before the stream forgets it, and seven days at most */
  maxAgeSeconds: z.number().int().min(60).max(604_800).optional(),
});
export type ReaderSettings = z.infer<typeof ReaderSettings>;

/** A VPC, who in it may ask, and where the endpoints are to stand. */
const LakeEndpoints = z.strictObject({
  vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/),
  /** Addresses that may reach Athena and Glue, such as the VPC's own: 10.0.0.0/16. */
  cidr: z.cidrv4(),
  subnetIds: z.array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/)).min(1),
  /** Of the subnets that read the lake: S3 is reached by route. */
  routeTableIds: z.array(z.string().regex(/^rtb-[0-9a-f]{8,17}$/)).min(1),
});

/** Everything a stage can choose. A stage's file in `stages/` gives the values; CDK context may override some. */
export const Settings = z.strictObject({
  stage: z.string().regex(/^[a-z][a-z0-9]{0,15}$/, 'a stage is 1 to 16 lower-case letters and digits'),
  region: z.string(),
  /** Tag value: who answers for what is deployed. */
  owner: z.string(),
  /** Kafka comes with its own stacks; they exist only when it is chosen. */
  transport: z.enum(['kinesis', 'kafka']),
  /** Whether data and its keys outlive their stack. */
  keepsData: z.boolean(),
  /** An SNS topic that hears every alarm, if there is one. */
  alarmTopicArn: z.string().startsWith('arn:').optional(),
  /**
   * Whether every service notes what it took and what became of it, in the lake's bucket under `ledger/`, so that an
   * audit can prove that nothing was lost. Off is for measuring what it costs.
   */
  ledger: z.boolean(),
  logRetentionDays: z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365)]),
  streams: z.strictObject({
    telemetry: StreamSettings,
    clickstream: StreamSettings,
    /** Limit: 24 hours to 365 days (Kinesis quotas page). */
    retentionHours: z.number().int().min(24).max(8760),
  }),
  /** Read only where `transport` is kafka. */
  kafka: KafkaSettings,
  generator: z.strictObject({
    everyMinutes: z.number().int().min(1).max(1440),
    /** Events of one scheduled run. */
    events: z.number().int().min(0).max(100_000),
    seed: z.number().int().min(0).max(0xffff_ffff),
    clickstream: z.strictObject({
      everyMinutes: z.number().int().min(1).max(1440),
      events: z.number().int().min(0).max(100_000),
    }),
  }),
  producer: z.strictObject({
    /**
     * `key`: one partition key per customer. `bucket`: customers share this many partition keys, so that a record
     * carries about events-per-call / buckets events; order per customer holds either way.
     */
    partitionBy: z.enum(['key', 'bucket']),
    buckets: z.number().int().min(1).max(4096),
  }),
  lake: z.strictObject({
    /** Firehose delivers when either is reached. Limits: 1 to 128 MiB, 0 to 900 s (BufferingHints API page). */
    bufferMiB: z.number().int().min(1).max(128),
    bufferSeconds: z.number().int().min(0).max(900),
    rawDays: days,
    /** How long enriched events are kept. */
    enrichedDays: days,
    quarantineDays: days,
    ledgerDays: days,
    /** The first year that queries look into (partition projection). */
    firstYear: z.number().int().min(2000).max(2100),
    /** The minute of every hour at which raw events are brought into `telemetry`. */
    compactAtMinute: z.number().int().min(0).max(59),
    /** A reader's query that scans more is cancelled. Athena's own least: 10 MB (WorkGroupConfiguration API page). */
    scanCutoffMiB: z.number().int().min(10),
    /** How long query results are kept. */
    resultDays: days,
    /**
     * Endpoints for S3, Athena and Glue in a VPC whose readers shall not go through the internet. They cost by the hour.
     * @default none
     */
    endpoints: LakeEndpoints.optional(),
  }),
  /** How each reader of a stream takes its batches. */
  readers: z.record(z.enum(readerNames), ReaderSettings),
  webSocket: z.strictObject({
    /** Requests per second and burst of each route. Account limit: 10,000 / 5,000 (API Gateway quotas page). */
    rateLimit: z.number().int().min(1).max(10_000),
    burstLimit: z.number().int().min(1).max(5_000),
    /** Frames per second a connection gets at most. */
    framesPerSecond: z.number().int().min(1).max(10),
  }),
});
export type Settings = z.infer<typeof Settings>;
