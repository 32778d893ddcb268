import * as z from 'zod';
import type { Invocation } from '../lambda/functions.ts';

/** What came of an invocation: so many records, counted from the first, are done; the others come again. */
export interface Outcome {
  readonly done: number;
  /** Why not all are done. */
  readonly failure?: string;
  /** The function was not reached; such an attempt is none of its retries. */
  readonly throttled?: boolean;
  /** The invocation that it came of, when there was one. */
  readonly invocation?: Pick<Invocation, 'requestId' | 'functionError'>;
}

const Report = z
  .looseObject({
    batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.unknown() })).nullish(),
  })
  .nullish();

/** The sequence number that an itemIdentifier of a report stands for; undefined when it is none. */
export type Identify = (itemIdentifier: unknown) => string | undefined;

/** Kinesis: the sequence number itself. */
export const sequenceNumberOf: Identify = (itemIdentifier) =>
  typeof itemIdentifier === 'string' && itemIdentifier !== '' ? itemIdentifier : undefined;

/**
 * Reads what the function answered, by https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html:
 * an empty or null response or list is a success; from the lowest reported sequence number on everything failed; a report
 * that cannot be understood, or names a record that is not in the batch, fails the whole batch.
 */
export const outcomeOf = (
  { payload, functionError }: Invocation,
  sequenceNumbers: readonly string[],
  reportsItemFailures: boolean,
  identify: Identify = sequenceNumberOf,
): Outcome => {
  const all = sequenceNumbers.length;
  if (functionError) return { done: 0, failure: 'the function failed' };
  if (!reportsItemFailures || payload === '') return { done: all };
  const report = Report.safeParse(jsonOf(payload));
  const named = report.data?.batchItemFailures?.map(({ itemIdentifier }) => identify(itemIdentifier)) ?? [];
  if (!report.success || named.includes(undefined)) {
    return { done: 0, failure: 'the function answered no proper batchItemFailures' };
  }
  const places = named.map((sequenceNumber) => sequenceNumbers.indexOf(sequenceNumber as string));
  if (places.length === 0) return { done: all };
  if (places.includes(-1)) return { done: 0, failure: 'the function reported a record that is not in the batch' };
  return { done: Math.min(...places), failure: `the function reported ${places.length} failed` };
};

/** Text that is not JSON becomes a string, which no report is. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
