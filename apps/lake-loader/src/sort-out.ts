import { linesOf, rawLinesOf, type Refused, type SourceRecord } from '@acme/lambda-kit';
import { parseViewingLine } from '@acme/telemetry-schema';

/** The events of a batch: those the contract takes, as the lines they came as, and those it refuses. */
export interface SortedOut {
  readonly good: readonly string[];
  readonly refused: readonly Refused[];
}

/** Checks every event of a batch again, against its arrival on the stream: anyone may write to the stream. */
export const sortOut = (records: readonly SourceRecord[]): SortedOut => {
  const good: string[] = [];
  const refused: Refused[] = [];
  for (const record of records) {
    let raw: readonly Buffer[] | undefined;
    for (const [index, line] of linesOf(record).entries()) {
      const parsed = parseViewingLine(line, record.arrivedAtMs);
      if (parsed.ok) {
        good.push(line.trimEnd());
        continue;
      }
      raw ??= rawLinesOf(record);
      refused.push({ index, problems: parsed.problems, raw: raw[index] as Buffer, position: record.position });
    }
  }
  return { good, refused };
};
