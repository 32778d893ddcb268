import { type Hour, hourAt, startOf } from './hours.ts';
import { roots } from './roots.ts';

/** The writers of the ledger that are no consumers: the producer, of its receipts, and whoever notes what is on the streams. */
export const receiptWriter = 'receipts';
export const streamReader = 'auditor';

/** Where each writer's entries lie: by stream, then by hour. */
export const ledgerFolder = (writer: string): string => `${roots.ledger}${writer}/`;

/** Where an entry lies. */
export interface LedgerEntry {
  readonly writer: string;
  /** The stream or topic that it tells of. */
  readonly source: string;
  /** The moment that it is filed under, in milliseconds since 1970. */
  readonly atMs: number;
  /** What tells it from others of the hour; it may have folders of its own. */
  readonly name: string;
}

/** `ledger/lake-loader/acme-telemetry-stream/hour=2026-01-31T09/<name>.json.zst`. */
export const ledgerKey = ({ writer, source, atMs, name }: LedgerEntry): string =>
  `${ledgerFolder(writer)}${source}/hour=${hourAt(atMs)}/${name}.json.zst`;

/** The hour that an entry is filed under, by its key; none for what is no entry. */
export const ledgerHourOf = (key: string): Hour | undefined => {
  const [, hour] = /^ledger\/[^/]+\/[^/]+\/hour=(\d{4}-\d\d-\d\dT\d\d)\//.exec(key) ?? [];
  return hour !== undefined && !Number.isNaN(startOf(hour)) ? hour : undefined;
};
