/** A consumer that takes everything on the stream, and where its good events end up in the lake's bucket. */
export interface Sink {
  /** Its name in the ledger and in quarantine. */
  readonly consumer: string;
  /** Under it lie its rows: gzip NDJSON in `year=/month=/day=/hour=` folders. */
  readonly prefix: string;
  /** The column that names an event. */
  readonly id: string;
  /** Whether an event that lies there twice is an error, or the transport's repetition. */
  readonly isExact: boolean;
  /** Whether compaction makes `telemetry` from its rows. */
  readonly feedsTelemetry: boolean;
}

/** Every sink that the audit holds against the stream. The next one joins with an entry here. */
export const sinks: readonly Sink[] = [
  { consumer: 'lake-loader', prefix: 'telemetry/', id: 'event_id', isExact: false, feedsTelemetry: true },
];
