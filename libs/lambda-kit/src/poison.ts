import { isUtf8 } from 'node:buffer';
import { maxEventBytes, readLine } from '@acme/telemetry-schema';

/**
 * How an event's own bytes are at fault. Poison is put into quarantine at once and its neighbours go on, because the
 * same bytes fail at every try. Everything else that can go wrong is transient: it is thrown, and the batch comes
 * again. Nothing transient is ever put aside by us.
 *
 * `oversize`: longer than an event may be. `undecodable`: no UTF-8, or no JSON. `schema`: refused by the contract.
 */
export const poisonClasses = ['oversize', 'undecodable', 'schema'] as const;
export type PoisonClass = (typeof poisonClasses)[number];

/** What kind of poison the bytes of a refused event are. Nothing oversize is ever parsed. */
export const poisonClass = (raw: Buffer | string): PoisonClass => {
  if (Buffer.byteLength(raw) > maxEventBytes) return 'oversize';
  if (typeof raw !== 'string' && !isUtf8(raw)) return 'undecodable';
  return readLine(raw.toString()).ok ? 'schema' : 'undecodable';
};
