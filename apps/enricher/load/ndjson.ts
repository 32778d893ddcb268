import { createReadStream } from 'node:fs';
import { beginningOf, notUtf8, textOf } from './encoding.ts';
import type { SourceLine } from './source-line.ts';

/** The rows of a file of newline-delimited JSON in UTF-8, with a byte-order mark or without; blank lines are none. */
export async function* ndjsonLines(file: string): AsyncGenerator<SourceLine> {
  const beginning = await beginningOf(file);
  if ('reason' in beginning) {
    yield { line: 1, ...beginning };
    return;
  }
  let line = 0;
  for await (const bytes of linesOf(createReadStream(file, beginning))) {
    line += 1;
    if (!isBlank(bytes)) yield lineOf(line, bytes);
  }
}

/** Bytes between line feeds alone: in JSON, U+2028 and a lone carriage return end no line. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]);
      begun = [];
      from = end + 1;
    }
    begun.push(chunk.subarray(from));
  }
  yield Buffer.concat(begun);
}

const lineFeed = 0x0a;

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

const lineOf = (line: number, bytes: Buffer): SourceLine => {
  const text = textOf(bytes);
  if (text === undefined) return { line, ...fieldIn(bytes), reason: notUtf8 };
  const value = parsed(text);
  return value === undefined ? { line, reason: 'must be valid JSON' } : { line, value };
};

/** The first field whose text is not UTF-8, if the line can be read otherwise. */
const fieldIn = (bytes: Buffer): { readonly field?: string } => {
  const row = parsed(bytes.toString());
  const found = Object.entries(typeof row === 'object' ? (row ?? {}) : {}).find(
    ([, value]) => typeof value === 'string' && value.includes('\ufffd'),
  );
  return found && !found[0].includes('\ufffd') ? { field: found[0] } : {};
};

/** What a line of JSON says; undefined when it is none, because the engine's own message quotes the text. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
