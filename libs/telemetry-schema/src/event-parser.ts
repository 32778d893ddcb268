import type * as z from 'zod';
import { boundsProblem } from './event-bounds.ts';
import { readLine } from './event-line.ts';
import { timeProblem, timeProblemIn } from './event-time.ts';
import { parseAs } from './parsed.ts';
import type { Parsed } from './parsed.ts';

/** Judges one value; `arrivedAtMs` is when the event reached us, in milliseconds since 1970. */
export type EventParser<T> = (value: unknown, arrivedAtMs: number) => Parsed<T>;

/** Judges one line of NDJSON, without its line end. */
export type LineParser<T> = (line: string, arrivedAtMs: number) => Parsed<T>;

/**
 * A parser of events that fit the schema and whose time, in the field named, is believable. `JSON.stringify` of what it
 * gives is the event's line wherever events travel or land: the schema's fields in its order and no others.
 */
export const eventParser =
  <F extends string, T extends Readonly<Record<F, string>>>(schema: z.ZodType<T>, timeField: F): EventParser<T> =>
  (value, arrivedAtMs) => {
    const outOfBounds = boundsProblem(value);
    if (outOfBounds) return { ok: false, problems: [outOfBounds] };
    const parsed = parseAs(schema, value, '(event)');
    const untimely = parsed.ok
      ? timeProblem(timeField, parsed.value[timeField], arrivedAtMs)
      : timeProblemIn(timeField, value, arrivedAtMs);
    if (untimely === undefined) return parsed;
    return { ok: false, problems: parsed.ok ? [untimely] : [...parsed.problems, untimely] };
  };

/** The same parser for events that come as lines of NDJSON: size, then JSON, then the event. */
export const lineParser =
  <T>(parse: EventParser<T>): LineParser<T> =>
  (line, arrivedAtMs) => {
    const read = readLine(line);
    return read.ok ? parse(read.value, arrivedAtMs) : read;
  };
