import type { Database } from './database.ts';
import type { CuratedSums, Hour, ProducerSums, SinkSums, StreamSums } from './report.ts';

type ByHour<Sums> = Sums & { readonly hour: number };

const noCalls: ProducerSums = { in: 0, accepted: 0, rejected: 0, aside: 0, failed: 0, interrupted: 0 };
const noRecords: StreamSums = { records: 0, events: 0, byOthers: 0 };
const nothingTaken: SinkSums = { in: 0, good: 0, bad: 0, aside: 0, distinct: 0, landed: 0, repeated: 0 };

const nothingCurated: CuratedSums = { good: 0, there: 0, waiting: 0, before: 0 };

/** The producer's sums. Of an invocation that was tried again, each try counts: each was a call. */
const producerSums = (database: Database): Promise<ByHour<ProducerSums>[]> =>
  database.rows(`
    SELECT calls.at_ms // 3600000 AS hour, SUM(COALESCE(totals."in", calls.events))::DOUBLE AS "in",
           SUM(calls.events)::DOUBLE AS accepted,
           SUM(COALESCE(totals.rejected, 0))::DOUBLE AS rejected,
           SUM(least(COALESCE(totals.rejected, 0), COALESCE(aside.events, 0)))::DOUBLE AS aside,
           SUM(COALESCE(totals.failed, 0))::DOUBLE AS failed, COUNT(*) FILTER (totals IS NULL) AS interrupted
    FROM calls LEFT JOIN aside USING (request) GROUP BY ALL`);

const streamSums = (database: Database): Promise<ByHour<StreamSums>[]> =>
  database.rows(`
    SELECT hour, COUNT(*) AS records, SUM(lines)::DOUBLE AS events,
           SUM(CASE WHEN receipted IS NULL THEN lines ELSE 0 END)::DOUBLE AS "byOthers"
    FROM records WHERE lines IS NOT NULL GROUP BY ALL`);

const sinkSums = (database: Database): Promise<ByHour<SinkSums>[]> =>
  database.rows(`
    SELECT hour, COALESCE("in", 0) AS "in", COALESCE(good, 0) AS good, COALESCE(bad, 0) AS bad,
           COALESCE(aside, 0) AS aside, COALESCE("distinct", 0) AS "distinct", COALESCE(landed, 0) AS landed,
           COALESCE(repeated, 0) AS repeated
    FROM (SELECT hour, SUM("in")::DOUBLE AS "in", SUM(good)::DOUBLE AS good, SUM(bad)::DOUBLE AS bad,
                 SUM(least(aside, bad))::DOUBLE AS aside FROM records WHERE "in" IS NOT NULL GROUP BY ALL)
    FULL JOIN
         (SELECT hour, COUNT(*) AS "distinct", COUNT(*) FILTER (copies > 0) AS landed,
                 COALESCE(SUM(copies - 1) FILTER (copies > 0), 0)::DOUBLE AS repeated
          FROM events WHERE hour IS NOT NULL GROUP BY ALL)
    USING (hour)`);

const curatedSums = (database: Database): Promise<ByHour<CuratedSums>[]> =>
  database.rows(`
    SELECT hour, COUNT(*) AS good, COUNT(curated.copies) AS there,
           COUNT(*) FILTER (curated.copies IS NULL AND NOT "isDue" AND NOT "isBefore") AS waiting,
           COUNT(*) FILTER (curated.copies IS NULL AND NOT "isDue" AND "isBefore") AS before
    FROM events LEFT JOIN raw_state ON raw_state.id_key = events.key LEFT JOIN curated ON curated.key = raw_state.key
    WHERE hour IS NOT NULL GROUP BY ALL`);

/** The sums by hour, gathered sink by sink. */
export class Hours {
  readonly #hours = new Map<
    number,
    { producer: ProducerSums; stream: StreamSums; sinks: Record<string, SinkSums>; telemetry: CuratedSums }
  >();

  async addProducer(database: Database): Promise<void> {
    for (const { hour, ...producer } of await producerSums(database)) this.#of(hour).producer = producer;
  }

  /** What `loadSink` has loaded of its stream: once for each stream. */
  async addStream(database: Database): Promise<void> {
    for (const { hour, records, events, byOthers } of await streamSums(database)) {
      const there = this.#of(hour);
      there.stream = {
        records: there.stream.records + records,
        events: there.stream.events + events,
        byOthers: there.stream.byOthers + byOthers,
      };
    }
  }

  /** What `loadSink` has loaded of the sink. */
  async addSink(database: Database, consumer: string): Promise<void> {
    for (const { hour, ...sums } of await sinkSums(database)) this.#of(hour).sinks[consumer] = sums;
  }

  /** What `loadCurated` has loaded. */
  async addCurated(database: Database): Promise<void> {
    for (const { hour, ...telemetry } of await curatedSums(database)) this.#of(hour).telemetry = telemetry;
  }

  /** All of them, the oldest first, with zeros for a sink that took nothing. */
  list(consumers: readonly string[]): Hour[] {
    return [...this.#hours]
      .sort(([a], [b]) => a - b)
      .map(([hour, { producer, stream, sinks, telemetry }]) => ({
        hour: new Date(hour * 3_600_000).toISOString().slice(0, 13),
        producer,
        stream,
        sinks: Object.fromEntries(consumers.map((consumer) => [consumer, sinks[consumer] ?? nothingTaken])),
        telemetry,
      }));
  }

  #of(hour: number) {
    const there = this.#hours.get(hour) ?? {
      producer: noCalls,
      stream: noRecords,
      sinks: {},
      telemetry: nothingCurated,
    };
    this.#hours.set(hour, there);
    return there;
  }
}
