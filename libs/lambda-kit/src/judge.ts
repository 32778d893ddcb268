import { isUtf8 } from 'node:buffer';
import type { Parsed, Problem } from '@acme/telemetry-schema';
import { isAggregated } from './aggregated-record.ts';
import { framesOf } from './framing.ts';
import { poisonClass } from './poison.ts';
import type { Refused } from './quarantine.ts';
import type { SourceRecord } from './source-record.ts';

/** An event of a record as the contract has parsed it, or why it is refused, with its own bytes. */
export type Judged<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refused: Refused };

const notUtf8: readonly Problem[] = [{ field: '(event)', reason: 'must be UTF-8 text' }];
const damaged: readonly Problem[] = [
  {
    field: '(record)',
    reason: 'must be whole: it begins as the Kinesis Producer Library packs records, and is damaged',
  },
];

/** A parser of one event's text, which may also ask which event of its record it is, from 0. */
type ParseEvent<T> = (text: string, arrivedAtMs: number, index: number) => Parsed<T>;

/** The events of a record in their order, each judged by itself: what is poison holds up none of its neighbours. */
export function* judge<T>(record: SourceRecord, parse: ParseEvent<T>): Generator<Judged<T>> {
  const { arrivedAtMs, position, bytes } = record;
  const isText = isUtf8(bytes);
  let index = -1;
  for (const raw of framesOf(bytes)) {
    index += 1;
    const parsed: Parsed<T> =
      isText || isUtf8(raw)
        ? parse(raw.toString('utf8'), arrivedAtMs, index)
        : { ok: false, problems: raw === bytes && isAggregated(raw) ? damaged : notUtf8 };
    yield parsed.ok
      ? parsed
      : { ok: false, refused: { index, class: poisonClass(raw), problems: parsed.problems, raw, position } };
  }
}
