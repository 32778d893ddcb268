import type { Settings } from '../src/settings.ts';

/** The default: one developer's own account, nothing that costs by the hour but the on-demand stream. */
export const dev: Settings = {
  stage: 'dev',
  region: 'us-west-2',
  owner: 'telemetry',
  transport: 'kinesis',
  keepsData: false,
  ledger: true,
  logRetentionDays: 7,
  streams: {
    telemetry: { mode: 'ON_DEMAND' },
    clickstream: { mode: 'PROVISIONED', shards: 2 },
    retentionHours: 24,
  },
  kafka: {
    partitions: 6,
    replicationFactor: 3,
    lagAlarm: 300_000,
    pollers: { minimum: 1, maximum: 6 },
    network: { cidr: '10.20.0.0/22', zones: ['a', 'b', 'c'], egress: 'endpoints' },
    cluster: { version: '4.1.x.kraft', brokers: 3, instanceType: 'kafka.m7g.large', storageGiB: 100 },
  },
  generator: { everyMinutes: 5, events: 1000, seed: 1, clickstream: { everyMinutes: 1, events: 200 } },
  producer: { partitionBy: 'bucket', buckets: 48 },
  lake: {
    bufferMiB: 5,
    bufferSeconds: 60,
    rawDays: 90,
    enrichedDays: 90,
    quarantineDays: 30,
    ledgerDays: 30,
    firstYear: 2025,
    compactAtMinute: 20,
    scanCutoffMiB: 10 * 1024,
    resultDays: 7,
  },
  readers: {
    'lake-loader': { batchSize: { kinesis: 500, kafka: 5_000 }, windowSeconds: 1 },
    'clickstream-loader': { batchSize: { kinesis: 500, kafka: 5_000 }, windowSeconds: 1 },
    // Batch size and window that real-time analytics has always had; its own names as CDK context win over these.
    analytics: { batchSize: { kinesis: 100, kafka: 2_000 }, windowSeconds: 5, parallelization: 2 },
    enricher: { batchSize: { kinesis: 500, kafka: 5_000 }, windowSeconds: 30 },
    'clickstream-enricher': { batchSize: { kinesis: 500, kafka: 5_000 }, windowSeconds: 30 },
    // Few large ledger objects: nobody waits for them.
    auditor: { batchSize: { kinesis: 10_000, kafka: 10_000 }, windowSeconds: 10 },
    'clickstream-auditor': { batchSize: { kinesis: 10_000, kafka: 10_000 }, windowSeconds: 10 },
    // A live view wants what is new, at once; what is older than a minute is left out.
    'ws-consumer': { batchSize: { kinesis: 500, kafka: 5_000 }, retries: 3, maxAgeSeconds: 60 },
    'ws-consumer-clicks': { batchSize: { kinesis: 500, kafka: 5_000 }, retries: 3, maxAgeSeconds: 60 },
  },
  webSocket: { rateLimit: 100, burstLimit: 50, framesPerSecond: 4 },
};
