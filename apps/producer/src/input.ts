import { families, type Family } from '@acme/telemetry-schema';
import * as z from 'zod';

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
  if (typeof input === 'string') {
    const lines: Incoming[] = [];
    for (const line of input.split('\n')) if (line.trim() !== '') lines.push({ text: line });
    return lines;
  }
  if (Array.isArray(input)) return input.map(asIncoming);
  return [asIncoming(input)];
};

/** A call that says which family its events are of. */
const OfFamily = z.strictObject({
  family: z.enum(families),
  events: z.custom((events) => events !== undefined, 'must be there: an array of events, NDJSON text, or one event'),
});

/** What a call brings: events, and which family they are of. */
export interface Call {
  readonly family: Family;
  readonly events: Incoming[];
}

/**
 * The events of a call and their family: `{ family, events }`, or events alone, which are viewing events.
 *
 * @throws CallError when the family is none, or something stands beside the two
 */
export const callOf = (input: unknown): Call => {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, 'family')) {
    return { family: 'viewing', events: incoming(input) };
  }
  const call = OfFamily.safeParse(input);
  if (call.success) return { family: call.data.family, events: incoming(call.data.events) };
  throw new CallError();
};

/** A call that names a family is understood in one way only, so that nothing of it is left out unseen. */
export class CallError extends Error {
  override readonly name = 'CallError';

  constructor() {
    super(
      `a call with a family reads { family: ${families.join(' | ')}, events: an array, NDJSON text, or one event }`,
    );
  }
}

const asIncoming = (one: unknown): Incoming =>
  typeof one === 'string' ? { text: one } : { text: JSON.stringify(one) ?? 'null', value: one };
