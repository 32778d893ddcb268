import type { Keyed, Packed } from '../pack.ts';

/** A record per event: Kafka batches and compresses by itself, and its readers expect one event a message. */
export const oneEach = (events: Iterable<Keyed>): Map<string, Packed[]> => {
  const messages = new Map<string, Packed[]>();
  for (const { key, id, line } of events) {
    const message = { key, data: Buffer.from(line), ids: [id] };
    const before = messages.get(key);
    if (before) before.push(message);
    else messages.set(key, [message]);
  }
  return messages;
};
