/** What a reader promises of what it takes. */
export type Takes =
  /** Every good event is in its sink, and every bad one in its quarantine. */
  | 'events'
  /** It notes every record, whatever it holds. */
  | 'records'
  /** It goes on whatever happens, and promises no more. */
  | 'view';

/**
 * Everybody who reads a stream: the name of its consumer group on Kafka (without `acme-`) and of its settings in a stage.
 * `consumer` is its name in the ledger and in quarantine. Infrastructure, audit and invariants take it from here; the next
 * one joins with a line.
 */
export const readers = {
  'lake-loader': { stream: 'telemetry', consumer: 'lake-loader', takes: 'events' },
  'clickstream-loader': { stream: 'clickstream', consumer: 'clickstream-loader', takes: 'events' },
  analytics: { stream: 'clickstream', consumer: 'analytics', takes: 'events' },
  enricher: { stream: 'telemetry', consumer: 'enricher', takes: 'events' },
  'clickstream-enricher': { stream: 'clickstream', consumer: 'clickstream-enricher', takes: 'events' },
  auditor: { stream: 'telemetry', consumer: 'auditor', takes: 'records' },
  'clickstream-auditor': { stream: 'clickstream', consumer: 'auditor', takes: 'records' },
  'ws-consumer': { stream: 'telemetry', consumer: 'ws-consumer', takes: 'view' },
  'ws-consumer-clicks': { stream: 'clickstream', consumer: 'ws-consumer', takes: 'view' },
} as const satisfies Readonly<
  Record<string, { readonly stream: 'telemetry' | 'clickstream'; readonly consumer: string; readonly takes: Takes }>
>;

export type ReaderName = keyof typeof readers;
/** The name of a consumer in the ledger and in quarantine; it may read several streams. */
export type ConsumerName = (typeof readers)[ReaderName]['consumer'];

export const readerNames = Object.keys(readers) as readonly ReaderName[];

/** The readers of a consumer. */
export const readersOf = (consumer: ConsumerName): readonly ReaderName[] =>
  readerNames.filter((name) => readers[name].consumer === consumer);

/** Every consumer, or those that take what is named. */
export const consumersThatTake = (...takes: readonly Takes[]): readonly ConsumerName[] => [
  ...new Set(readerNames.filter((name) => takes.includes(readers[name].takes)).map((name) => readers[name].consumer)),
];
