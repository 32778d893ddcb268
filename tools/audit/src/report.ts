/** What is on record of an hour before any sink. Receipted events count in the hour in which their call began. */
export interface ProducerSums {
  readonly in: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Of the rejected ones, how many are in quarantine. */
  readonly aside: number;
  /** Calls that ended with an error for events that are neither; their senders were told. */
  readonly failed: number;
  /** Invocations that were cut off: what they put onto the stream counts, their sums are unknown. */
  readonly interrupted: number;
}

/** What the auditor saw arrive in an hour. */
export interface StreamSums {
  readonly records: number;
  readonly events: number;
  /** Events of records that have no receipt: put there by others, or by an invocation that was cut off. */
  readonly byOthers: number;
}

/** What became of the events of an hour in a sink. */
export interface SinkSums {
  readonly in: number;
  readonly good: number;
  readonly bad: number;
  /** Of the bad ones, how many are in quarantine. */
  readonly aside: number;
  /** Distinct ids among the good ones, and how many of these lie in the sink's rows. */
  readonly distinct: number;
  readonly landed: number;
  /** Rows beyond the first of an id. */
  readonly repeated: number;
}

/** What has become of an hour's good events in `telemetry`, the curated table. */
export interface CuratedSums {
  /** Distinct events (id and instant) of the ids that the loader took. */
  readonly good: number;
  readonly there: number;
  /** In raw objects that compaction has not done yet. */
  readonly waiting: number;
  /** Happened before the table's first day, and stay in the raw zone alone. */
  readonly before: number;
}

export interface Hour {
  /** `2026-01-31T09`, in UTC. */
  readonly hour: string;
  readonly producer: ProducerSums;
  readonly stream: StreamSums;
  readonly sinks: Readonly<Record<string, SinkSums>>;
  readonly telemetry: CuratedSums;
}

/** Something that does not add up, or that is worth a note. */
export interface Finding {
  /** Whose sum it is: `producer`, `stream`, or a sink; or what kind of object. */
  readonly where: string;
  /** Reads on from the count: "events that landed nowhere". */
  readonly what: string;
  readonly count: number;
  /** The first of them by name: event ids, positions or invocations. */
  readonly names: readonly string[];
}

export interface Report {
  readonly hours: readonly Hour[];
  /** What is lost, doubled, damaged or late: somebody has to act. */
  readonly findings: readonly Finding[];
  /** What a reader should know and what is no fault of the platform: nothing is lost or doubled by it. */
  readonly notes: readonly Finding[];
  /** Whether there are no findings. */
  readonly isRight: boolean;
}

/** So many names of each finding are told. */
export const mostNames = 20;

/** A finding of these names, or none when there are none. */
export const findingOf = (where: string, what: string, names: readonly string[]): Finding[] =>
  names.length === 0 ? [] : [{ where, what, count: names.length, names: [...names].sort().slice(0, mostNames) }];
