import * as z from 'zod';

const hostAndPort = z.string().regex(/^[\w.-]+:\d{1,5}$/, 'must be host:port');
const arn = z.string().startsWith('arn:');

/** Brokers that are not MSK's. */
const SelfManaged = z
  .strictObject({
    /** @default whoever runs them publishes them under the contract, as the laptop's platform does */
    bootstrapServers: z.array(hostAndPort).min(1).max(10).optional(),
    auth: z.enum(['scram', 'none']),
    /** For scram (SHA-512): the ARN of a secret `{"username": …, "password": …}`. */
    secretArn: arn.optional(),
    /** Whether the producer speaks TLS to them; the pollers of Lambda see for themselves. @default with scram */
    tls: z.boolean().optional(),
    /** Where the brokers are reached: the producer and the pollers are put there. */
    network: z
      .strictObject({
        vpcId: z.string().startsWith('vpc-'),
        subnetIds: z.array(z.string().startsWith('subnet-')).min(1),
        /** The zone of each subnet, in their order: `us-west-2a`. */
        zones: z.array(z.string()).min(1),
        /** The group that the brokers let in. */
        securityGroupId: z.string().startsWith('sg-'),
      })
      .refine(({ subnetIds, zones }) => subnetIds.length === zones.length, { error: 'name the zone of each subnet' })
      .optional(),
  })
  .refine(({ auth, secretArn }) => (auth === 'scram') === (secretArn !== undefined), {
    error: 'secretArn belongs to scram, and scram needs it',
  });

const Cluster = z.strictObject({
  /** A version of MSK's list; `.kraft` means without ZooKeeper. */
  version: z.string().regex(/^\d+\.\d+\.x\.kraft$/, 'must end in .x.kraft'),
  /** A multiple of the zones. */
  brokers: z.number().int().min(2).max(60),
  instanceType: z.string().startsWith('kafka.'),
  /** Of each broker. */
  storageGiB: z.number().int().min(1).max(16_384),
});

/** What a stage can choose about Kafka. */
export const KafkaSettings = z
  .strictObject({
    /** Of each topic. It can be raised later, but then a key may move to another partition. */
    partitions: z.number().int().min(1).max(1000),
    replicationFactor: z.number().int().min(1).max(5),
    /** How many records a consumer may be behind before somebody is told: about five minutes of traffic. */
    lagAlarm: z.number().int().min(1),
    /**
     * Pollers of each event source mapping. Ten or so make up an Event Poller Unit, which is what costs; more of them
     * than partitions are never used. Limits: 1 to 200 and 1 to 2,000 (Lambda API reference, ProvisionedPollerConfig).
     */
    pollers: z
      .strictObject({ minimum: z.number().int().min(1).max(200), maximum: z.number().int().min(1).max(2000) })
      .refine(({ minimum, maximum }) => minimum <= maximum, { error: 'minimum is above maximum' }),
    network: z.strictObject({
      cidr: z.cidrv4(),
      /** Letters of availability zones. MSK wants brokers in two or three (Amazon MSK developer guide). */
      zones: z
        .array(z.string().regex(/^[a-f]$/))
        .min(2)
        .max(3),
      /**
       * How private subnets reach AWS. `endpoints`: S3 only, free. `nat`: everything, by one NAT gateway a zone, paid by
       * the hour and by the GB.
       */
      egress: z.enum(['endpoints', 'nat']),
    }),
    cluster: Cluster,
    /** @default MSK, in a network of its own */
    selfManaged: SelfManaged.optional(),
  })
  .refine(({ cluster, network }) => cluster.brokers % network.zones.length === 0, {
    error: 'must be a multiple of the zones of the network (Amazon MSK developer guide)',
    path: ['cluster', 'brokers'],
  })
  .refine(({ cluster, replicationFactor, selfManaged }) => selfManaged || replicationFactor <= cluster.brokers, {
    error: 'there are fewer brokers than copies',
    path: ['replicationFactor'],
  });
export type KafkaSettings = z.infer<typeof KafkaSettings>;
