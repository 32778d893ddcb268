/** A line of an event, its id and the partition key it goes under. */
export interface Keyed {
  readonly key: string;
  readonly id: string;
  readonly line: string;
}

/** What becomes one record on the stream: the events of one partition key, newline-delimited, in their order. */
export interface Packed {
  readonly key: string;
  readonly data: Buffer;
  /** Of its events, in their order. */
  readonly ids: readonly string[];
}

/**
 * The largest record that packing makes, in bytes. A PUT payload unit of Kinesis is 25 KB (its pricing page), and
 * small records spread evenly over a consumer's batches. A single event that is larger goes alone.
 */
export const recordBytes = 25 * 1024;

interface Open {
  readonly lines: string[];
  readonly ids: string[];
  bytes: number;
}

/** Packs events into records, per partition key in the order given. Keys come in the order of their first event. */
export const pack = (events: Iterable<Keyed>, maxBytes: number = recordBytes): Map<string, Packed[]> => {
  const open = new Map<string, Open>();
  const packed = new Map<string, Packed[]>();
  const close = (key: string, { lines, ids }: Open): void => {
    packed.get(key)?.push({ key, data: Buffer.from(`${lines.join('\n')}\n`), ids });
  };
  for (const { key, id, line } of events) {
    const bytes = Buffer.byteLength(line) + 1;
    const current = open.get(key);
    if (!current) {
      packed.set(key, []);
      open.set(key, { lines: [line], ids: [id], bytes });
    } else if (current.bytes + bytes > maxBytes) {
      close(key, current);
      open.set(key, { lines: [line], ids: [id], bytes });
    } else {
      current.lines.push(line);
      current.ids.push(id);
      current.bytes += bytes;
    }
  }
  for (const [key, last] of open) close(key, last);
  return packed;
};
