/** A record of a shard or of a topic's partition, as far as batches, retries and checkpoints know it. */
export interface SourceRecord {
  /** Its number in the shard or partition; later ones have greater numbers. */
  readonly index: number;
  /** What names it to the function: a sequence number, an offset. */
  readonly sequenceNumber: string;
  readonly arrivalMs: number;
  readonly data: Buffer;
  readonly dataBytes: number;
}

/** Records from a place on, one by one. */
export interface RecordReader<Some extends SourceRecord> {
  /** Settles when there are more records than when it was asked for. */
  readonly appended: Promise<void>;
  /** Every record before this index has been taken or is not wanted. */
  readonly position: number;
  /** The next wanted record among those that have been fetched. */
  peek(): Some | undefined;
  take(): void;
  /** Fetches more when all fetched records are taken; false when there are none now. */
  fetch(): Promise<boolean>;
}

/** How records become an event. */
export interface RecordFormat<Some extends SourceRecord> {
  /** A record as JSON text, with its data empty. */
  readonly write: (record: Some) => string;
  readonly shape: EventShape;
}

/** What stands around the records in the event that a function gets. */
export interface EventShape {
  /** The event, from its records' texts. */
  text(records: readonly string[]): string;
  /** Bytes of an event whose records have so many, commas not counted. */
  bytes(recordBytes: number, records: number): number;
}
