// The rules that the strictest reader of the lake may have, each with who has it.
//
// - JSON (RFC 8259), one object a line, in UTF-8 without a byte-order mark (8.1). A lone carriage return ends a line for
//   Trino and Hadoop, so it may not even stand between two values.
// - A name stands once. With case.insensitive, the default, the OpenX SerDe makes names lower case first: Athena says
//   HIVE_CURSOR_ERROR "Duplicate key" (docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html). Jackson says so with
//   STRICT_DUPLICATE_DETECTION, and RFC 8259 (4) leaves open what others do.
// - Names are the table's columns, in its spelling: Hive's are lower case.
// - Malformed JSON ends the statement: ignore.malformed.json is FALSE by default (same page).
// - Text has no surrogates alone (RFC 7493, 2.1; Java writes "?" for one) and no U+0000 (PostgreSQL and C end there).
// - A whole number has no fraction and no exponent: org.json and Jackson take 60.0 and 6e1 for doubles, and the SerDe then
//   casts or fails (github.com/trinodb/trino, openxjson/README.md, "Rcongiu fails on values with decimals or exponents").
//   It fits its column, and is within what doubles hold (RFC 7493, 2.2).
// - A double is finite.
// - Nothing is null and nothing is nested: event tables have flat columns, and what an event leaves out is left out.
import type { EventTable } from '../columns.ts';
import { columns } from '../columns.ts';
import type { Reading, Row } from '../reading.ts';

/** A reader that takes nothing which any reader of the lake might refuse, or read otherwise. */
export const strict = (table: EventTable, object: Buffer): Reading[] => {
  const types = new Map(columns[table].map(({ name, type }) => [name, type]));
  const empty: Row = Object.fromEntries(columns[table].map(({ name }) => [name, null]));
  return linesAsBytes(object).map((bytes) => {
    try {
      return { row: { ...empty, ...read(decoder.decode(bytes), types) } };
    } catch (error) {
      return { error: (error as Error).message };
    }
  });
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const linesAsBytes = (object: Buffer): Buffer[] => {
  const lines: Buffer[] = [];
  for (let from = 0; from < object.length;) {
    const end = object.indexOf('\n', from);
    if (end < 0) throw new Error('the object ends within a line');
    lines.push(object.subarray(from, end));
    from = end + 1;
  }
  return lines;
};

const blank = /[ \t]*/y;
const textToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const wholeToken = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const numberToken = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const booleanToken = /true|false/y;

const read = (line: string, types: ReadonlyMap<string, string>): Row => {
  let at = 0;
  const taken = (token: RegExp, what: string): string => {
    token.lastIndex = at;
    const [found] = token.exec(line) ?? [];
    if (found === undefined) throw new Error(`no ${what} at ${at}`);
    at += found.length;
    return found;
  };
  const sign = (expected: string): void => {
    if (line[at] !== expected) throw new Error(`no ${expected} at ${at}`);
    at += 1;
  };
  const text = (): string => {
    const value = unescaped(taken(textToken, 'text').slice(1, -1));
    if (!value.isWellFormed()) throw new Error(`half a pair before ${at}`);
    if (value.includes('\0')) throw new Error(`U+0000 before ${at}`);
    return value;
  };

  const row: Record<string, string | number | boolean> = {};
  const names = new Set<string>();
  sign('{');
  for (let isFirst = true; ; isFirst = false) {
    taken(blank, 'blank');
    if (isFirst && line[at] === '}') break;
    const name = text();
    if (names.has(name.toLowerCase())) throw new Error(`${name} stands twice`);
    names.add(name.toLowerCase());
    const type = types.get(name);
    taken(blank, 'blank');
    sign(':');
    taken(blank, 'blank');
    if (type === undefined) throw new Error(`${name} is no column`);
    row[name] = valueOf(type, { text, taken });
    taken(blank, 'blank');
    if (line[at] === '}') break;
    sign(',');
  }
  if (at + 1 !== line.length) throw new Error(`something stands behind the object, at ${at + 1}`);
  return row;
};

const whole: Readonly<Record<string, number>> = { int: 2 ** 31 - 1, bigint: Number.MAX_SAFE_INTEGER };

const valueOf = (
  type: string,
  { text, taken }: { readonly text: () => string; readonly taken: (token: RegExp, what: string) => string },
): string | number | boolean => {
  if (type === 'string') return text();
  if (type === 'boolean') return taken(booleanToken, 'boolean') === 'true';
  const most = whole[type];
  const value = Number(most === undefined ? taken(numberToken, 'number') : taken(wholeToken, 'whole number'));
  if (!Number.isFinite(value)) throw new Error('a number is not finite');
  if (most !== undefined && Math.abs(value) > most) throw new Error(`a number is no ${type}`);
  return value;
};

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const unescaped = (written: string): string =>
  written.replaceAll(/\\(?:u(....)|(.))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
