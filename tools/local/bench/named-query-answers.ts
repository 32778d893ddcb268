import { answerKey, lakeAnswers, type Universe, viewingColumns, type ViewingRange, vocabulary } from '@acme/synthetic';

/** What a saved query must answer and may read. */
export interface Wanted {
  /** The columns that it needs, by table; undefined is all of the table's objects, as of JSON. */
  readonly needs: Readonly<Record<string, readonly string[] | undefined>>;
  /** Each row: what it is about, then its figures. */
  readonly rows: readonly WantedRow[];
  /** The column that the rows are in the order of, if in any. */
  readonly orderedBy?: number;
}

export type WantedRow = readonly [string, ...number[]];

type ByName = Readonly<Record<string, Wanted>>;

/** Of the queries on the batch data set, by the numbers that its events are made of. */
export const batchAnswers = (universe: Universe, range: ViewingRange): ByName => {
  const { rows, hoursByGenre, activeByTier, eventsByDevice, days } = lakeAnswers(universe, range);
  return {
    'Count records in each table': {
      needs: { customers: [], titles: [], telemetry: [], campaigns: [] },
      rows: Object.entries(rows),
    },
    'Top genres by watch time': {
      needs: { telemetry: ['title_id', 'watch_duration_seconds'], titles: ['title_id', 'genre'] },
      rows: mostFirst(hoursByGenre),
      orderedBy: 1,
    },
    'Active customers by subscription tier': {
      needs: { customers: ['subscription_tier', 'is_active'] },
      rows: Object.entries(activeByTier),
    },
    'Device type distribution': {
      needs: { telemetry: ['device_type'] },
      rows: mostFirst(eventsByDevice),
      orderedBy: 1,
    },
    'Daily viewing trends': {
      needs: { telemetry: ['watch_duration_seconds'] },
      rows: days.map(({ date, events, hours }) => [date, events, hours]),
      orderedBy: 0,
    },
  };
};

/** Of the queries on raw events, when those of a range have landed, each once. */
export const streamingAnswers = (universe: Universe, range: ViewingRange): ByName => {
  const needs = { streaming_events: undefined };
  const { events, byType } = answerKey(universe, range);
  const dates = lakeAnswers(universe, range).days.map((day): WantedRow => [day.date, day.events]);
  return {
    'Total events': { needs, rows: [[String(events)]] },
    'Events by type': { needs, rows: mostFirst(byType), orderedBy: 1 },
    'Events by date': { needs, rows: dates.reverse(), orderedBy: 0 },
    'Content engagement': { needs, rows: engagement(universe, range) },
  };
};

const mostFirst = (figures: Readonly<Record<string, number>>): WantedRow[] =>
  Object.entries(figures).sort(([, one], [, other]) => other - one);

/** Average watch time and completion per type of title. */
const engagement = (universe: Universe, range: ViewingRange): WantedRow[] => {
  const sums = vocabulary.titleTypes.map(() => ({ events: 0, seconds: 0, tenths: 0 }));
  for (const { count, titleType, watchedSeconds, completionTenths } of viewingColumns(universe, range)) {
    for (let row = 0; row < count; row++) {
      const sum = sums[titleType[row]!]!;
      sum.events += 1;
      sum.seconds += watchedSeconds[row]!;
      sum.tenths += completionTenths[row]!;
    }
  }
  return vocabulary.titleTypes
    .map((type, index) => ({ type, ...sums[index]! }))
    .filter(({ events }) => events > 0)
    .map(({ type, events, seconds, tenths }) => [type, seconds / events, tenths / 10 / events]);
};

/** An average of doubles depends on the order in which they are added, in its last digits. */
const precision = 1e-9;

/** Whether an answer has exactly the wanted rows, in their order where there is one; rows of one figure in any. */
export const isAnswer = (answer: readonly (readonly (string | undefined)[])[], wanted: Wanted): boolean => {
  const { rows, orderedBy } = wanted;
  const given = new Map(answer.map(([about, ...figures]) => [about, figures.map(Number)]));
  const isSame = (figure: number, other: number | undefined): boolean =>
    other !== undefined && Math.abs(figure - other) <= precision * Math.abs(figure);
  const hasRow = ([about, ...figures]: WantedRow): boolean => {
    const found = given.get(about);
    return found?.length === figures.length && figures.every((figure, index) => isSame(figure, found[index]));
  };
  const isInOrder =
    orderedBy === undefined || rows.every((row, index) => String(row[orderedBy]) === answer[index]?.[orderedBy]);
  return answer.length === rows.length && given.size === rows.length && rows.every(hasRow) && isInOrder;
};
