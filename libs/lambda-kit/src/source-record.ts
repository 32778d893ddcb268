/** One record of a stream, whatever the transport. */
export interface SourceRecord {
  /** Names it on its stream: the sequence number on Kinesis, `<topic>-<partition>-<offset>` on Kafka. */
  readonly id: string;
  /** What its order holds for; empty where a Kafka record has none. */
  readonly key: string;
  /**
   * Where it stood: stream, shard and sequence number on Kinesis; topic, `<topic>-<partition>` and offset on Kafka. A
   * retry brings the same record at the same position.
   */
  readonly position: { readonly source: string; readonly shard: string; readonly sequence: string };
  /** When the stream took it, in ms UTC: what event times are judged against. */
  readonly arrivedAtMs: number;
  readonly bytes: Buffer;
}

/** The first and last sequence number of a batch: a name that a retry of the same batch reproduces. */
export const rangeOf = (records: readonly [SourceRecord, ...SourceRecord[]]): string =>
  `${records[0].position.sequence}-${(records.at(-1) as SourceRecord).position.sequence}`;
