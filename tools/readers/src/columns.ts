import { type GlueColumn, glueColumnsOf, tables } from '@acme/telemetry-schema';
import type { Row } from './reading.ts';

/** The tables whose rows come from events, as lines of JSON. */
export const eventTables = ['streaming_events', 'clickstream_events', 'enriched_events'] as const;
export type EventTable = (typeof eventTables)[number];

/** The columns of each, as the Glue catalogue has them: what every reader is told. */
export const columns: Readonly<Record<EventTable, readonly GlueColumn[]>> = {
  streaming_events: glueColumnsOf(tables.streaming_events.schema),
  clickstream_events: glueColumnsOf(tables.clickstream_events.schema),
  enriched_events: glueColumnsOf(tables.enriched_events.schema),
};

/** A value of the contract as a row of its table: what it leaves out is null. */
export const rowIn = (table: EventTable, value: object): Row => {
  const fields = value as Readonly<Record<string, Row[string]>>;
  return Object.fromEntries(columns[table].map(({ name }) => [name, fields[name] ?? null]));
};
