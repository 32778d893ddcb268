/** One record of a stream, whatever the transport. */
export interface SourceRecord {
  /** Names it on its stream: the sequence number on Kinesis, `<topic>-<partition>-<offset>` on Kafka. */
  readonly id: string;
  /** What its order holds for; empty where a Kafka record has none. */
  readonly key: string;
  /**
   * Where it stood: stream, shard and sequence number on Kinesis; topic, `<topic>-<partition>` and offset on Kafka. A
   * retry brings the same record at the same position.
   */
  readonly position: { readonly source: string; readonly shard: string; readonly sequence: string };
  /** When the stream took it, in ms UTC: what event times are judged against. */
  readonly arrivedAtMs: number;
  readonly bytes: Buffer;
}

/**
 * Whether a record is one event that people wrote by hand: its first line is a lone brace, its second starts with a
 * quoted name. No line of NDJSON that is an event looks like either.
 */
const isSpread = (bytes: Buffer): boolean => {
  if (bytes[0] !== brace) return false;
  let at = 1;
  let lines = 1;
  for (; at < bytes.length && isBlank(bytes[at] as number); at += 1) if (bytes[at] === newline) lines += 1;
  return lines > 1 && bytes[at] === quote;
};
const [newline, quote, brace] = [0x0a, 0x22, 0x7b];
const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** The event lines a record carries; blank ones are no events. An event that is spread over lines is one, as it came. */
export const linesOf = ({ bytes }: SourceRecord): string[] => {
  if (isSpread(bytes)) return [bytes.toString('utf8')];
  const text = bytes.toString('utf8');
  return text.includes('\n') ? text.split('\n').filter((line) => line.trim() !== '') : text.trim() === '' ? [] : [text];
};

/** The same lines as bytes, one by one: text has lost whatever is not UTF-8. */
export const rawLinesOf = ({ bytes }: SourceRecord): Buffer[] => {
  if (isSpread(bytes)) return [bytes];
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf('\n', from);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(from, end);
    if (line.toString('utf8').trim() !== '') lines.push(line);
    from = end + 1;
  }
  return lines;
};

/** How many event lines a record carries, without reading them: as many as `linesOf` gives. */
export const countLines = ({ bytes }: SourceRecord): number => {
  if (isSpread(bytes)) return 1;
  let lines = 0;
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(10, from);
    const end = newline < 0 ? bytes.length : newline;
    const first = bytes[from] as number;
    // Printable ASCII is no blank; what starts otherwise is looked at as text.
    if (end > from && ((first > 0x20 && first < 0x7f) || bytes.toString('utf8', from, end).trim() !== '')) lines += 1;
    from = end + 1;
  }
  return lines;
};

/** The first and last sequence number of a batch: a name that a retry of the same batch reproduces. */
export const rangeOf = (records: readonly [SourceRecord, ...SourceRecord[]]): string =>
  `${records[0].position.sequence}-${(records.at(-1) as SourceRecord).position.sequence}`;
