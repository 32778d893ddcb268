/**
 * Where each kind of object lies in the lake's bucket. Everything lies under one of these, and nothing else in the project
 * spells them.
 */
export const roots = {
  /** Curated tables, as Parquet. */
  tables: 'tables/',
  /** Which files make up a day of a curated table. */
  manifests: 'manifests/',
  /** Events with what is known of their customers, titles and pages. */
  enriched: 'enriched-data/',
  /** What was refused, and why. */
  quarantine: 'quarantine/',
  /** What each service took and what became of it. */
  ledger: 'ledger/',
  /** Which hours of raw events are in their curated table. */
  compaction: 'compaction/',
  /** Checksums of the files that compaction wrote. */
  checksums: 'checksums/',
  /** What Athena answers. */
  results: 'athena-results/',
  /** What Firehose could not deliver. */
  deliveryErrors: 'errors/firehose/',
  /**
   * Batches that Lambda gave up. Not ours to choose: Lambda writes `aws/lambda/<id of the mapping>/…`
   * (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
   */
  givenUp: 'aws/lambda/',
} as const;

/** Where the raw events of each family lie, as they arrived. */
export const rawRoots = {
  viewing: 'telemetry/',
  clickstream: 'clickstream/',
} as const;

/** A family of events, as its raw events are kept apart. */
export type RawFamily = keyof typeof rawRoots;

/** What the tables are made of; quarantine, ledger and the rest of the bucket are none of it. */
export const tableRoots = [roots.tables, roots.manifests, ...Object.values(rawRoots), roots.enriched] as const;
