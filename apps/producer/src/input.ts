import { textFramesOf } from '@acme/lambda-kit';
import { boundsProblem, families, type Family, type Problem } from '@acme/telemetry-schema';
import * as z from 'zod';
import { jsonOf } from './json-of.ts';

/** One event as it came: its text, and the value when the caller sent it parsed. */
export interface Incoming {
  readonly text: string;
  readonly value?: unknown;
}

/**
 * The events of a call, in order: of an array (of events or of their JSON texts), of NDJSON text, or one event.
 * Blank lines of a text are no events, so an empty text and an empty array are an empty batch.
 */
export const incoming = (input: unknown): Incoming[] => {
  if (typeof input === 'string') return Array.from(textFramesOf(input), (text) => ({ text }));
  if (Array.isArray(input)) return input.map(asIncoming);
  return [asIncoming(input)];
};

/** A call that says which family its events are of. */
const OfFamily = z.strictObject({
  family: z.enum(families),
  events: z.custom((events) => events !== undefined),
});

/** What a call brings: events and which family they are of; or, in place of the family, why none of them is taken. */
export type Call =
  { readonly family: Family; readonly events: Incoming[] } | { readonly problem: Problem; readonly events: Incoming[] };

/**
 * The events of a call and their family: `{ family, events }`, or events alone, which are viewing events. A call that
 * names a family is understood in one way only, so that nothing of it is left out unseen: when the family is none, or
 * something stands beside the two, every event of the call is refused for it.
 */
export const callOf = (input: unknown): Call => {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, 'family')) {
    return { family: 'viewing', events: incoming(input) };
  }
  const call = OfFamily.safeParse(input);
  if (call.success) return { family: call.data.family, events: incoming(call.data.events) };
  const { family, events, ...others } = input as { family: unknown; events?: unknown };
  const isKnown = families.includes(family as Family);
  const isAlone = events === undefined || Object.keys(others).length > 0;
  return {
    problem: isKnown
      ? { field: '(call)', reason: 'must read { family, events }, events being an array, NDJSON text, or one event' }
      : { field: 'family', reason: `must be one of ${families.join(', ')}` },
    // What is not in its place is put aside with the whole of the call.
    events: isAlone ? [asIncoming(input)] : incoming(events),
  };
};

const asIncoming = (one: unknown): Incoming =>
  typeof one === 'string'
    ? { text: one }
    : { text: boundsProblem(one) ? jsonOf(one) : (JSON.stringify(one) ?? 'null'), value: one };
