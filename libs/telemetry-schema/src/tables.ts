import type * as z from 'zod';
import { Campaign } from './campaign.ts';
import { ClickstreamRow } from './clickstream-row.ts';
import { Customer } from './customer.ts';
import { EnrichedEvent } from './enriched-event.ts';
import type { GlueColumn } from './glue-columns.ts';
import { StreamingEvent } from './streaming-event.ts';
import { TelemetryRow } from './telemetry.ts';
import { Title } from './title.ts';

/** A table of the lake. */
export interface Table<S extends z.ZodObject = z.ZodObject> {
  /** One row as its files hold it: without the partition keys, which are in the path. */
  readonly schema: S;
  /** What the path is partitioned by, outermost first. Queries see these as columns after the others. */
  readonly partitionKeys: readonly GlueColumn[];
  readonly description: string;
}

const table = <S extends z.ZodObject>(schema: S, ...partitionKeys: readonly GlueColumn[]): Table<S> => ({
  schema,
  partitionKeys,
  description: schema.description ?? '',
});
const key = (name: string, comment: string): GlueColumn => ({ name, type: 'string', comment });

/** When a raw event arrived: the path that Firehose gives its objects. */
const hourOfArrival = [
  key('year', 'Year of arrival, UTC, four digits'),
  key('month', 'Month of arrival, UTC, 01 to 12'),
  key('day', 'Day of arrival, UTC, 01 to 31'),
  key('hour', 'Hour of arrival, UTC, 00 to 23'),
];

/** When an enriched event happened: the path that the enricher gives its objects. */
const hourOfEvent = [
  key('family', 'viewing or clickstream'),
  key('year', 'Year the event happened, UTC, four digits'),
  key('month', 'Month the event happened, UTC, 01 to 12'),
  key('day', 'Day the event happened, UTC, 01 to 31'),
  key('hour', 'Hour the event happened, UTC, 00 to 23'),
];

/** The tables of the lake by their names. */
export const tables = {
  customers: table(Customer),
  titles: table(Title),
  telemetry: table(TelemetryRow, key('date', 'Day the event happened, UTC, such as 2026-11-21')),
  campaigns: table(Campaign),
  streaming_events: table(StreamingEvent, ...hourOfArrival),
  clickstream_events: table(ClickstreamRow, ...hourOfArrival),
  enriched_events: table(EnrichedEvent, ...hourOfEvent),
} as const;

export type TableName = keyof typeof tables;
