import { judge, judgeClickstream } from '@acme/lambda-kit';
import { type ClickstreamEvent, clickstreamRow, parseViewingLine, type ViewingEvent } from '@acme/telemetry-schema';
import type { LoadedFamily } from './sort-out.ts';

/** Viewing events land as the lines they came as: their fields are the table's columns. */
export const viewing: LoadedFamily<ViewingEvent> = {
  judge: (record) => judge(record, parseViewingLine),
  idOf: (event) => event.event_id,
  lineOf: (_, line) => line.trimEnd(),
};

/** Clickstream events come in several spellings and land in the table's, with the ids of their positions. */
export const clickstream: LoadedFamily<ClickstreamEvent> = {
  judge: judgeClickstream,
  idOf: (event) => event.eventId,
  lineOf: (event) => JSON.stringify(clickstreamRow(event)),
};
