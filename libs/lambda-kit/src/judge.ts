import { isUtf8 } from 'node:buffer';
import type { Parsed, Problem } from '@acme/telemetry-schema';
import { poisonClass } from './poison.ts';
import type { Refused } from './quarantine.ts';
import { linesOf, rawLinesOf, type SourceRecord } from './source-record.ts';

/** An event line of a record: its text, on one line, and its value, or why it is refused. */
export type Judged<T> =
  { readonly ok: true; readonly line: string; readonly value: T } | { readonly ok: false; readonly refused: Refused };

const notUtf8: readonly Problem[] = [{ field: '(event)', reason: 'must be UTF-8 text' }];

/** A parser of lines, which may also ask which line of its record it is, from 0. */
type ParseLine<T> = (line: string, arrivedAtMs: number, index: number) => Parsed<T>;

/** The event lines of a record in their order, each judged by itself: what is poison holds up none of its neighbours. */
export function* judge<T>(record: SourceRecord, parse: ParseLine<T>): Generator<Judged<T>> {
  const { arrivedAtMs, position } = record;
  const refuse = (index: number, raw: Buffer, problems: readonly Problem[]): Judged<T> => ({
    ok: false,
    refused: { index, class: poisonClass(raw), problems, raw, position },
  });
  let index = -1;
  if (isUtf8(record.bytes)) {
    for (const line of linesOf(record)) {
      index += 1;
      const parsed = parse(line, arrivedAtMs, index);
      yield parsed.ok
        ? { ok: true, line: onOneLine(line), value: parsed.value }
        : refuse(index, Buffer.from(line), parsed.problems);
    }
    return;
  }
  for (const raw of rawLinesOf(record)) {
    index += 1;
    if (!isUtf8(raw)) {
      yield refuse(index, raw, notUtf8);
      continue;
    }
    const line = raw.toString('utf8');
    const parsed = parse(line, arrivedAtMs, index);
    yield parsed.ok ? { ok: true, line: onOneLine(line), value: parsed.value } : refuse(index, raw, parsed.problems);
  }
}

/** JSON has no line ends within its texts, so those between them can go. */
const onOneLine = (json: string): string => (json.includes('\n') ? json.replaceAll(/\s*\n\s*/g, ' ') : json);
