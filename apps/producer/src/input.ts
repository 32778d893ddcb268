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

const asIncoming = (one: unknown): Incoming =>
  typeof one === 'string' ? { text: one } : { text: JSON.stringify(one) ?? 'null', value: one };
