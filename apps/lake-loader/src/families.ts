import { judge, judgeClickstream } from '@acme/lambda-kit';
import { type ClickstreamEvent, clickstreamRow, parseViewingLine, type ViewingEvent } from '@acme/telemetry-schema';
import type { LoadedFamily } from './sort-out.ts';

/** Viewing events land with the contract's fields, which are the table's columns, and no others. */
export const viewing: LoadedFamily<ViewingEvent> = {
  judge: (record) => judge(record, parseViewingLine),
  idOf: (event) => event.event_id,
  lineOf: (event) => JSON.stringify(event),
};

/** Clickstream events come in several spellings and land in the table's, with the ids of their positions. */
export const clickstream: LoadedFamily<ClickstreamEvent> = {
  judge: judgeClickstream,
  idOf: (event) => event.eventId,
  lineOf: (event) => JSON.stringify(clickstreamRow(event)),
};
