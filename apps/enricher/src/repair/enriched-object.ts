import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BrokenObjectError, type JudgedLine, judgedLines, rowRules } from '@acme/lambda-kit/rows';
import { type EnrichedEvent, parseRow, tables } from '@acme/telemetry-schema';

const compress = promisify(gzip);
const rules = rowRules('enriched_events');

/** An object of enriched events: its rows, and the lines that are none and stay as they are. */
export interface EnrichedObject {
  /** With all columns that they have. */
  readonly rows: readonly EnrichedEvent[];
  /** What cannot be read, a sentence each with the object and the line; nothing of it is quoted. */
  readonly problems: readonly string[];
  /** The bytes of the object with these rows in place of its own, one for one. */
  readonly bytesWith: (rows: readonly EnrichedEvent[]) => Promise<Buffer>;
}

/**
 * Reads an object of enriched events.
 *
 * @throws NotEnrichedError when it is broken as a whole
 */
export const enrichedObject = async (key: string, bytes: Uint8Array): Promise<EnrichedObject> => {
  const lines: (Buffer | undefined)[] = [];
  const rows: EnrichedEvent[] = [];
  const problems: string[] = [];
  try {
    for await (const some of judgedLines({ key, bytes: one(bytes) }, rules)) {
      for (const line of some) {
        const row = rowOf(line);
        if (typeof row === 'string') problems.push(`${key} line ${line.number}: ${row}; the line is left as it is`);
        else rows.push(row);
        lines.push(typeof row === 'string' ? line.bytes : undefined);
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenObjectError)) throw error;
    throw new NotEnrichedError(key, error.message, { cause: error });
  }
  const bytesWith = (others: readonly EnrichedEvent[]): Promise<Buffer> => {
    let next = 0;
    const parts = lines.flatMap((line) => [line ?? Buffer.from(JSON.stringify(others[next++])), newline]);
    return compress(Buffer.concat(parts), { level: 3 });
  };
  return { rows, problems, bytesWith };
};

const newline = Buffer.from('\n');

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The row of a line, or why it is none. */
const rowOf = ({ bytes, flaw }: JudgedLine): EnrichedEvent | string => {
  if (flaw !== undefined) return flaw.reason;
  const row: unknown = JSON.parse(bytes.toString('utf8'));
  const parsed = parseRow(tables.enriched_events.schema, row);
  if (parsed.ok) return row as EnrichedEvent; // as it was read: a column that is newer than this code stays
  const [{ field, reason } = { field: '(row)', reason: 'is refused' }] = parsed.problems;
  return `${field} ${reason}`;
};

/** An object among enriched events that cannot be read; it is left as it is. */
export class NotEnrichedError extends Error {
  override readonly name = 'NotEnrichedError';

  constructor(key: string, reason: string, options?: ErrorOptions) {
    super(`${key}: ${reason}; the object is left as it is`, options);
  }
}
