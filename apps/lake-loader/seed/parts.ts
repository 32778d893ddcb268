import { createHash } from 'node:crypto';
import { dateFolder, seedRoot } from '@acme/lake-layout';
import { type DataSet, eventsPerBlock, rangeOfDay, viewingNdjson, type ViewingRange } from '@acme/synthetic';
import { glueColumnsOf, tables } from '@acme/telemetry-schema';
import { version } from '@duckdb/node-api';
import { rowGroupRows } from './parquet.ts';
import { idRun } from './telemetry-columns.ts';

/** One object of the telemetry of a data set: the events of a range that lie on a day. */
export interface Part {
  readonly key: string;
  readonly date: string;
  readonly range: Pick<ViewingRange, 'from' | 'count'>;
}

/** Events that one object is made from, at most: about 30 MB of Parquet, two seconds of work to lose to a kill. */
const eventsPerPart = 8_192 * eventsPerBlock;

/**
 * Under it lie the events of a data set. The end of the name stands for all that decides their bytes (draws, columns,
 * the version of DuckDB), so whatever lies there is what would be written.
 */
export const prefixOf = ({ seed, scale, from, to, universe, range }: DataSet): string => {
  const bytesDependOn = {
    columns: glueColumnsOf(tables.telemetry.schema),
    firstEvents: viewingNdjson(universe, { ...range, count: Math.min(range.count, eventsPerBlock) }),
    duckDb: version(),
    rowGroupRows,
    eventsPerPart,
  };
  const digest = createHash('sha256').update(JSON.stringify(bytesDependOn)).digest('hex').slice(0, 8);
  return `${seedRoot}${seed}-scale-${scale}-${from}-${to}-${digest}/`;
};

/** All objects of a data set's telemetry, day by day; a part may turn out to have no events of its day. */
export const partsOf = (set: DataSet): Part[] => {
  const prefix = prefixOf(set);
  return set.days.flatMap((date) =>
    cut(rangeOfDay(set, date)).map((range, part) => ({
      key: `${prefix}${dateFolder(date)}part-${String(part).padStart(5, '0')}.parquet`,
      date,
      range,
    })),
  );
};

/** Pieces of a range, none longer than a part or across two runs of ids. */
const cut = ({ from, count }: Part['range']): Part['range'][] => {
  const pieces: Part['range'][] = [];
  for (let at = from; at < from + count;) {
    const end = Math.min(from + count, at + eventsPerPart, (Math.floor(at / idRun) + 1) * idRun);
    pieces.push({ from: at, count: end - at });
    at = end;
  }
  return pieces;
};
