import { judge, type Judged, judgeClickstream, type SourceRecord } from '@acme/lambda-kit';
import {
  type ClickstreamEvent,
  clickstreamRow,
  type EventRow,
  type Family,
  parseViewingLine,
  type ViewingEvent,
} from '@acme/telemetry-schema';

/** How the events of one stream are read from its records. */
export interface EventFamily<T = unknown> {
  readonly name: Family;
  /** Its name in ledger and quarantine: a stream each, as the audit holds them. */
  readonly consumer: string;
  readonly judge: (record: SourceRecord) => Iterable<Judged<T>>;
  readonly rowOf: (event: T) => EventRow;
}

const viewing: EventFamily<ViewingEvent> = {
  name: 'viewing',
  consumer: 'enricher',
  judge: (record) => judge(record, parseViewingLine),
  rowOf: (event) => event,
};

const clickstream: EventFamily<ClickstreamEvent> = {
  name: 'clickstream',
  consumer: 'clickstream-enricher',
  judge: judgeClickstream,
  rowOf: clickstreamRow,
};

export interface Streams {
  readonly VIEWING_STREAM?: string | undefined;
  readonly CLICKSTREAM_STREAM?: string | undefined;
}

/**
 * The family that a stream or topic carries: told by the stream, never event by event.
 *
 * @throws UnknownStreamError
 */
export const familyOf = (source: string, { VIEWING_STREAM, CLICKSTREAM_STREAM }: Streams): EventFamily => {
  if (source === VIEWING_STREAM) return viewing as EventFamily;
  if (source === CLICKSTREAM_STREAM) return clickstream as EventFamily;
  throw new UnknownStreamError(source);
};

/** Records of a stream that nobody has said the family of. */
export class UnknownStreamError extends Error {
  override readonly name = 'UnknownStreamError';

  constructor(source: string) {
    super(`nothing says which events ${source} carries; name it in VIEWING_STREAM or CLICKSTREAM_STREAM`);
  }
}
