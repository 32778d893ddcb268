import type { Backoff } from '@acme/lambda-kit';

/**
 * Hands records to the delivery stream in one call, of at most 500 records and 4 MiB (limits: Firehose PutRecordBatch
 * API reference).
 *
 * @returns for each record, in order, whether it was taken
 */
export type Sink = (records: readonly Buffer[]) => Promise<readonly boolean[]>;

/**
 * The largest record that joining makes. Firehose bills each record in steps of 5 KB, so few large ones cost least;
 * its own limit is 1,000 KiB.
 */
export const recordBytes = 128 * 1024;

const callLimits = { records: 500, bytes: 4 * 1024 * 1024 };

/** Joins event lines into newline-delimited records. A line that is larger than the limit goes alone. */
export const join = (lines: readonly string[], maxBytes: number = recordBytes): Buffer[] => {
  const records: Buffer[] = [];
  let open: string[] = [];
  let bytes = 0;
  const close = (): void => {
    if (open.length > 0) records.push(Buffer.from(`${open.join('\n')}\n`));
    open = [];
    bytes = 0;
  };
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    if (bytes + size > maxBytes) close();
    open.push(line);
    bytes += size;
  }
  close();
  return records;
};

/**
 * Delivers records, trying again only those that were refused.
 *
 * @throws NotDeliveredError when time is up; the batch must then come again
 */
export const deliver = async (
  records: readonly Buffer[],
  sink: Sink,
  { backoff, wait }: { readonly backoff: Backoff; readonly wait: (ms: number) => Promise<void> },
): Promise<void> => {
  let left = records;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const refused: Buffer[] = [];
    for (const call of calls(left)) {
      const taken = await sink(call);
      refused.push(...call.filter((_, index) => !taken[index]));
    }
    left = refused;
    if (left.length === 0) return;
    const ms = backoff(attempt);
    if (ms === undefined) throw new NotDeliveredError(left.length);
    await wait(ms);
  }
};

function* calls(records: readonly Buffer[]): Generator<Buffer[]> {
  let call: Buffer[] = [];
  let bytes = 0;
  for (const record of records) {
    if (call.length > 0 && (call.length === callLimits.records || bytes + record.length > callLimits.bytes)) {
      yield call;
      call = [];
      bytes = 0;
    }
    call.push(record);
    bytes += record.length;
  }
  if (call.length > 0) yield call;
}

/** Firehose still refused records when time was up. */
export class NotDeliveredError extends Error {
  override readonly name = 'NotDeliveredError';

  constructor(records: number) {
    super(`the delivery stream still refused ${records} records at the deadline; the batch will come again`);
  }
}
