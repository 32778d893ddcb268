import { type Judged, judge, type SourceRecord } from '@acme/lambda-kit';
import { type ClickstreamEvent, parseClickstreamLine } from '@acme/telemetry-schema';

/** The clickstream events of a record, line by line: what they say, or why they are refused. */
export const readClickstream = (record: SourceRecord): Iterable<Judged<ClickstreamEvent>> =>
  judge(record, parseClickstreamLine);
