import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SourceLine } from './source-line.ts';

/** The rows of a file of newline-delimited JSON; blank lines are none. */
export async function* ndjsonLines(file: string): AsyncGenerator<SourceLine> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    const json = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (json.trim() !== '') yield lineOf(line, json);
  }
}

const lineOf = (line: number, json: string): SourceLine => {
  try {
    return { line, value: JSON.parse(json) };
  } catch {
    return { line, reason: 'must be valid JSON' }; // the engine's own message quotes the text
  }
};
