import { gzipSync } from 'node:zlib';
import { glueColumnsOf, type TableName, tables } from '@acme/telemetry-schema';
import { examples } from '@acme/telemetry-schema/testing';

/** A table of JSON lines of the contract. */
export type LinesTable = Extract<TableName, 'streaming_events' | 'clickstream_events' | 'enriched_events'>;
export const linesTables: readonly LinesTable[] = ['streaming_events', 'clickstream_events', 'enriched_events'];

/** A table's columns, as the catalogue has them. */
export const columnsOf = (table: LinesTable): Readonly<Record<string, string>> =>
  Object.fromEntries(glueColumnsOf(tables[table].schema).map(({ name, type }) => [name, type]));

/** A good line of a table, with its line break. */
export const goodLine = (table: LinesTable, id: string, more: object = {}): string => {
  const [{ good }] = examples.rows[table] as unknown as [{ good: object }];
  return `${JSON.stringify({ ...good, event_id: id, event_timestamp: '2026-11-21T09:30:00.000Z', ...more })}\n`;
};

/** What somebody else may put where the lines of a table lie. */
export interface BadObject {
  readonly what: string;
  readonly content: (table: LinesTable) => Buffer;
  /** The ids of the events in it that can be read. */
  readonly readable: readonly string[];
  /** Rows that are nothing but NULLs. */
  readonly empty: number;
  /** Findings, the object's name left out. */
  readonly findings: readonly string[];
}

const around = (line: string) => (table: LinesTable) =>
  gzipSync(`${goodLine(table, 'before')}${line}${goodLine(table, 'after')}`);
const neighbours = ['after', 'before'];
const deep = `{"event_id":"deep","x":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}\n`;
const badLine = (what: string, line: string, reason: string): BadObject => ({
  what,
  content: around(line),
  readable: neighbours,
  empty: 1,
  findings: [` line 2: ${reason}`],
});
const broken = (what: string, content: (table: LinesTable) => Buffer, reason: string): BadObject => ({
  what,
  content,
  readable: [],
  empty: 0,
  findings: [`: ${reason}`],
});
const many = (table: LinesTable): Buffer =>
  gzipSync(Array.from({ length: 500 }, (_, at) => goodLine(table, `lost-${Math.sin(at)}`)).join(''));

export const badObjects: readonly BadObject[] = [
  badLine('garbage', 'garbage\n', 'it is no JSON'),
  badLine('a line that is cut off', '{"event_id":"cut"\n', 'its JSON is cut off'),
  badLine('a line without a line break', '{"event_id":"a"}{"event_id":"b"}\n', 'another object follows on its line'),
  badLine('a key that stands twice', '{"event_id":"a1","event_id":"a2"}\n', 'the key event_id stands twice'),
  badLine('half an emoji', '{"event_id":"a1","note":"cut \\ud83d"}\n', 'it has half of a surrogate pair'),
  badLine('30,000 nested objects', deep, 'it is nested more than 64 levels deep'),
  badLine('a list', '[{"event_id":"a1"}]\n', 'it is JSON, but no object'),
  badLine('no id', '{"note":"of nobody"}\n', 'it has no event_id'),
  {
    what: 'an event over several lines',
    content: around('{\n  "event_id": "pretty"\n}\n'),
    readable: neighbours,
    empty: 3,
    findings: [' line 2: its JSON is cut off', ' line 3: it is no JSON', ' line 4: it is no JSON'],
  },
  {
    what: 'text that is not UTF-8',
    content: (table) =>
      gzipSync(
        Buffer.concat([
          Buffer.from(goodLine(table, 'before')),
          Buffer.from('{"event_id":"café"}\n', 'latin1'),
          Buffer.from(goodLine(table, 'after')),
        ]),
      ),
    readable: neighbours,
    empty: 1,
    findings: [' line 2: it is not UTF-8'],
  },
  broken('a gzip that is cut off', (table) => many(table).subarray(0, -20), 'its gzip is cut off'),
  broken(
    'a gzip with a wrong checksum',
    (table) => {
      const bytes = many(table);
      bytes.writeUInt32LE((bytes.readUInt32LE(bytes.length - 8) + 1) >>> 0, bytes.length - 8);
      return bytes;
    },
    'the checksum of its gzip does not match',
  ),
  broken(
    'something behind its gzip',
    (table) => Buffer.concat([many(table), Buffer.from('garbage')]),
    'something follows the end of its gzip',
  ),
  broken('no gzip', (table) => Buffer.from(goodLine(table, 'plain')), 'it is no gzip, as its name says'),
];
