import { customerId, numberedIds, titleId, type Universe, vocabulary } from '@acme/synthetic';
import type { TelemetryRow } from '@acme/telemetry-schema';
import { INTEGER } from '@duckdb/node-api';
import { sqlText } from './parquet.ts';
import { numbersBelow, numbersOf, wordColumn, Words } from './word-column.ts';

/** Rows of a DuckDB vector. */
export const vectorRows = 2048;

/** Numbered ids end in six digits of base 36: runs of so many events, from a multiple of it, share what is before. */
export const idRun = 36 ** 6;

const words = (list: readonly string[]) => wordColumn(new Words(list), vectorRows);
const threeDigits = new Words(numbersOf(3, 36));
const integers = () => ({ type: INTEGER, values: new Int32Array(vectorRows) });

/** The columns that events are handed over in: numbers only, because handing over text costs more than all the rest. */
export const handedOver = ({ sizes }: Universe) => ({
  event_high: wordColumn(threeDigits, vectorRows),
  event_low: wordColumn(threeDigits, vectorRows),
  session_high: wordColumn(threeDigits, vectorRows),
  session_low: wordColumn(threeDigits, vectorRows),
  minute: words(numbersBelow(24, 2).flatMap((hour) => numbersBelow(60, 2).map((minute) => `T${hour}:${minute}:`))),
  second: words(numbersBelow(60, 2)),
  millisecond: words(numbersOf(3).map((digits) => `.${digits}Z`)),
  customer: words(Array.from({ length: sizes.customers }, (_, index) => customerId(index))),
  title: words(Array.from({ length: sizes.titles }, (_, index) => titleId(index))),
  type: words(vocabulary.eventTypes),
  title_type: words(vocabulary.titleTypes),
  device: words(vocabulary.devices),
  quality: words(vocabulary.qualities),
  watched: integers(),
  tenths: integers(),
});
export type HandedOver = ReturnType<typeof handedOver>;

type RequiredOf<Row> = { [Name in keyof Row]-?: undefined extends Row[Name] ? never : Name }[keyof Row];

/**
 * How each column of `telemetry` is made of those, for events of one day and one run of ids. A column that is new in the
 * schema is NULL if it is optional, and does not compile until it is made here if it is not.
 *
 * Few words stay enumerations, which Parquet takes as its dictionaries as they are. Ids do not: every file would hold the
 * ids of all customers.
 *
 * @param from the number of the first event
 */
export const madeOf = (seed: number, date: string, from: number) =>
  ({
    event_id: `concat(${idStart('ev', seed, from)}, event_high, event_low)`,
    session_id: `concat(${idStart('ss', seed, Math.floor(from / 2))}, session_high, session_low)`,
    customer_id: 'customer::VARCHAR',
    title_id: 'title::VARCHAR',
    event_type: 'type',
    title_type: 'title_type',
    device_type: 'device',
    quality: 'quality',
    watch_duration_seconds: 'watched',
    completion_percentage: 'tenths::DOUBLE / 10',
    event_timestamp: `concat(${sqlText(date)}, minute, second, millisecond)`,
  }) satisfies Record<RequiredOf<TelemetryRow>, string> & Partial<Record<keyof TelemetryRow, string>>;

const idStart = (prefix: 'ev' | 'ss', seed: number, number: number): string =>
  sqlText(numberedIds(prefix, seed)(number).slice(0, -6));
