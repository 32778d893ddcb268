import { enrichedFolder, rawRoots } from '@acme/lake-layout';
import { type ConsumerName, type ContractKey, readers, readersOf } from '@acme/stack-contract';
import type { TableName } from '@acme/telemetry-schema';

/** A consumer that takes everything on its stream. */
interface Taker {
  /** Its name in the ledger and in quarantine. */
  readonly consumer: ConsumerName;
  /** The stream that it takes: its name ends so in every stage. */
  readonly stream: 'telemetry-stream' | 'analytics-stream';
  /** The columns or attributes that name an event: its id, and when it happened. */
  readonly id: string;
  readonly time: string;
  /** Whether an event that lies there twice is an error, or the transport's repetition. */
  readonly isExact: boolean;
  /** Whether compaction makes `telemetry` from its rows. */
  readonly feedsTelemetry: boolean;
}

/** Its good events end up in the lake's bucket. */
export interface ObjectSink extends Taker {
  /** Under it lie its rows: gzip NDJSON in `year=/month=/day=/hour=` folders. */
  readonly prefix: string;
  /** What the hour of a folder is: that of arrival, or of the event, which may be any before it. @default arrival */
  readonly hoursOf?: 'arrival' | 'event';
  /** The table that they are the rows of. */
  readonly rowsOf: TableName;
}

/** A table of DynamoDB: its name where stages use names bare, and what it is published as. */
export interface Table {
  readonly name: string;
  readonly published: ContractKey;
}

/** Its good events end up in a table of DynamoDB, an item each. */
export interface TableSink extends Taker {
  readonly table: Table;
  /** The sums that it keeps of its items, as analytics does. */
  readonly aggregates: Table;
}

/** A consumer that takes everything on its stream, and where its good events end up. */
export type Sink = ObjectSink | TableSink;

type Declared = Omit<ObjectSink, 'stream'> | Omit<TableSink, 'stream'>;

const declared: readonly Declared[] = [
  {
    consumer: 'lake-loader',
    prefix: rawRoots.viewing,
    rowsOf: 'streaming_events',
    id: 'event_id',
    time: 'event_timestamp',
    isExact: false,
    feedsTelemetry: true,
  },
  {
    consumer: 'clickstream-loader',
    prefix: rawRoots.clickstream,
    rowsOf: 'clickstream_events',
    id: 'event_id',
    time: 'event_timestamp',
    isExact: false,
    feedsTelemetry: false,
  },
  {
    consumer: 'analytics',
    table: { name: 'analytics-results', published: 'analyticsResultsTableName' },
    aggregates: { name: 'analytics-aggregates', published: 'analyticsAggregatesTableName' },
    id: 'eventId',
    time: 'instant',
    isExact: true,
    feedsTelemetry: false,
  },
  {
    consumer: 'enricher',
    prefix: enrichedFolder('viewing'),
    rowsOf: 'enriched_events',
    hoursOf: 'event',
    id: 'event_id',
    time: 'event_timestamp',
    isExact: false,
    feedsTelemetry: false,
  },
  {
    consumer: 'clickstream-enricher',
    prefix: enrichedFolder('clickstream'),
    rowsOf: 'enriched_events',
    hoursOf: 'event',
    id: 'event_id',
    time: 'event_timestamp',
    isExact: false,
    feedsTelemetry: false,
  },
];

/** How the name of a stream ends in every stage. */
const endings = { telemetry: 'telemetry-stream', clickstream: 'analytics-stream' } as const;

/** Every sink that the audit holds against its stream. The next one joins with an entry above. */
export const sinks: readonly Sink[] = declared.flatMap((sink) =>
  readersOf(sink.consumer).map((reader) => ({ ...sink, stream: endings[readers[reader].stream] })),
);
