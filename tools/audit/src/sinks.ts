/** A consumer that takes everything on its stream, and where its good events end up in the lake's bucket. */
export interface Sink {
  /** Its name in the ledger and in quarantine. */
  readonly consumer: string;
  /** The stream that it takes: its name ends so in every stage. */
  readonly stream: 'telemetry-stream' | 'analytics-stream';
  /** Under it lie its rows: gzip NDJSON in `year=/month=/day=/hour=` folders. */
  readonly prefix: string;
  /** The column that names an event. */
  readonly id: string;
  /** Whether an event that lies there twice is an error, or the transport's repetition. */
  readonly isExact: boolean;
  /** Whether compaction makes `telemetry` from its rows. */
  readonly feedsTelemetry: boolean;
}

/** Every sink that the audit holds against its stream. The next one joins with an entry here. */
export const sinks: readonly Sink[] = [
  {
    consumer: 'lake-loader',
    stream: 'telemetry-stream',
    prefix: 'telemetry/',
    id: 'event_id',
    isExact: false,
    feedsTelemetry: true,
  },
  {
    consumer: 'clickstream-loader',
    stream: 'analytics-stream',
    prefix: 'clickstream/',
    id: 'event_id',
    isExact: false,
    feedsTelemetry: false,
  },
];
