import { type ClickstreamEvent, decodeClickstreamLine, type Parsed } from '@acme/telemetry-schema';
import { type Judged, judge } from '../judge.ts';
import type { SourceRecord } from '../source-record.ts';
import { derivedEventId } from './derived-id.ts';

/**
 * A line of the clickstream as an event of the contract, whoever put it there and however they spell it; or everything
 * that is wrong with it. An event without an id gets one from its position, one without a time that of its arrival.
 *
 * @param index of the line among the record's lines, from 0
 */
export const decodeClickstream = (
  line: string,
  { position, arrivedAtMs }: Pick<SourceRecord, 'position' | 'arrivedAtMs'>,
  index = 0,
): Parsed<ClickstreamEvent> => decodeClickstreamLine(line, arrivedAtMs, () => derivedEventId(position, index));

/** The clickstream events of a record in their order, each judged by itself. */
export const judgeClickstream = (record: SourceRecord): Generator<Judged<ClickstreamEvent>> =>
  judge(record, (line, _, index) => decodeClickstream(line, record, index));
