import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type EnrichedEvent, parseRow, tables } from '@acme/telemetry-schema';

const decompress = promisify(gunzip);

/** No object is nearly as large: a batch has at most 6 MB of payload (Lambda API reference). */
const mostBytes = 2 ** 29;

/**
 * The rows of an object of enriched events, with all columns that they have.
 *
 * @throws NotEnrichedError when it holds anything else; nothing of it is quoted
 */
export const rowsOf = async (key: string, bytes: Uint8Array): Promise<EnrichedEvent[]> => {
  const text = await decompress(bytes, { maxOutputLength: mostBytes }).then(
    (buffer) => buffer.toString('utf8'),
    (cause: unknown) => {
      throw new NotEnrichedError(key, 'it is no gzip', { cause });
    },
  );
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => rowOf(key, line, at + 1));
};

const rowOf = (key: string, line: string, number: number): EnrichedEvent => {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new NotEnrichedError(key, `line ${number} is no JSON`);
  }
  const parsed = parseRow(tables.enriched_events.schema, row);
  if (parsed.ok) return row as EnrichedEvent; // as it was read: a column that is newer than this code stays
  const [{ field, reason } = { field: '(row)', reason: 'is refused' }] = parsed.problems;
  throw new NotEnrichedError(key, `line ${number}: ${field} ${reason}`);
};

/** An object among enriched events that is none; it is left as it is. */
export class NotEnrichedError extends Error {
  override readonly name = 'NotEnrichedError';

  constructor(key: string, reason: string, options?: ErrorOptions) {
    super(`${key}: ${reason}; the object is left as it is`, options);
  }
}
