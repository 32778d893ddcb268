/** A line of an event and the partition key it goes under. */
export interface Keyed {
  readonly key: string;
  readonly line: string;
}

/** What becomes one record on the stream: the events of one partition key, newline-delimited, in their order. */
export interface Packed {
  readonly key: string;
  readonly data: Buffer;
  readonly events: number;
}

/**
 * The largest record that packing makes, in bytes. A PUT payload unit of Kinesis is 25 KB (its pricing page), and
 * small records spread evenly over a consumer's batches. A single event that is larger goes alone.
 */
export const recordBytes = 25 * 1024;

/** Packs events into records, per partition key in the order given. Keys come in the order of their first event. */
export const pack = (events: Iterable<Keyed>, maxBytes: number = recordBytes): Map<string, Packed[]> => {
  const open = new Map<string, { lines: string[]; bytes: number }>();
  const packed = new Map<string, Packed[]>();
  const close = (key: string, { lines }: { lines: string[] }): void => {
    packed.get(key)?.push({ key, data: Buffer.from(`${lines.join('\n')}\n`), events: lines.length });
  };
  for (const { key, line } of events) {
    const bytes = Buffer.byteLength(line) + 1;
    const current = open.get(key);
    if (!current) {
      packed.set(key, []);
      open.set(key, { lines: [line], bytes });
    } else if (current.bytes + bytes > maxBytes) {
      close(key, current);
      open.set(key, { lines: [line], bytes });
    } else {
      current.lines.push(line);
      current.bytes += bytes;
    }
  }
  for (const [key, last] of open) close(key, last);
  return packed;
};
