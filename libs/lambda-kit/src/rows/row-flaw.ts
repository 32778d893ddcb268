import { isUtf8 } from 'node:buffer';
import { isJson } from '../framing.ts';
import type { RowRules } from './columns.ts';

/** Why a line is no row of its table, or not a whole one. Nothing of the line is quoted. */
export interface RowFlaw {
  readonly reason: string;
  /** Whether the line is a row nevertheless, of which one column is NULL or without sense. */
  readonly isRow: boolean;
}

/**
 * Levels of objects and lists in a line. Rows of the contract have one or two; readers that call themselves for each
 * level (Trino's OpenX reader is one) run out of stack at some thousands.
 */
export const mostLevels = 64;

/**
 * What a strict reader finds wrong with a line. A row is one JSON object (RFC 8259) in UTF-8, has no key twice and no
 * half of a surrogate pair, is at most `mostLevels` deep, and an event's has an `event_id`; a whole row has an instant in
 * `event_timestamp` and no value that its column does not take. The line is gone through once, and nothing calls itself.
 *
 * @returns what leaves no row before what leaves one; undefined for a whole row
 */
export const rowFlaw = (line: Uint8Array, rules: RowRules): RowFlaw | undefined => {
  if (!isUtf8(line)) return { reason: 'it is not UTF-8', isRow: false };
  const row = new RowValues(rules);
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8');
  const reason = scan(text, row);
  return reason === undefined ? row.flaw() : { reason, isRow: false };
};

/** What is known of a row from its columns, as they come. */
class RowValues {
  readonly rules: RowRules;
  hasId = false;
  hasInstant = false;
  /** The first column whose value is not of its type. */
  unfit: string | undefined;

  constructor(rules: RowRules) {
    this.rules = rules;
  }

  /** @param json the value as it is written; of an object or a list its first character alone */
  take(name: string, json: string): void {
    if (name === 'event_id') this.hasId = json.length > 2 && json.startsWith('"');
    else if (name === 'event_timestamp') this.hasInstant = instant.test(json);
    const rule = this.rules.columns.get(name);
    if (rule !== undefined && json !== 'null' && !rule.takes(json)) this.unfit ??= `${name} is not ${rule.is}`;
  }

  flaw(): RowFlaw | undefined {
    const { areEvents } = this.rules;
    if (areEvents && !this.hasId) return { reason: 'it has no event_id', isRow: false };
    if (areEvents && !this.hasInstant) return { reason: 'event_timestamp is no instant in UTC', isRow: true };
    return this.unfit === undefined ? undefined : { reason: this.unfit, isRow: true };
  }
}

const instant = /^"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z"$/;

const noJson = 'it is no JSON';
const cutOff = 'its JSON is cut off';
const [quote, comma, colon] = [0x22, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Goes through a text that should be one JSON object. @returns why it is none */
const scan = (text: string, row: RowValues): string | undefined => {
  const end = text.length;
  // In a text without escapes and control characters a string ends at its next quote.
  const isPlain = !/[\\\x00-\x1f]/.test(text);
  /** Of each open level: its keys so far, or undefined for a list. */
  const levels: (Set<string> | undefined)[] = [];
  let name = '';
  let at = skipBlanks(text, 0);
  if (text.charCodeAt(at) !== openBrace) return isJson(text) ? 'it is JSON, but no object' : noJson;
  let wantsValue = true;
  for (;;) {
    if (at >= end) return cutOff;
    const code = text.charCodeAt(at);
    const from = at;
    if (!wantsValue) {
      // After a value: the next one of its level, or the end of the level.
      const keys = levels[levels.length - 1];
      at = skipBlanks(text, at + 1);
      if (code === comma) {
        wantsValue = true;
        if (keys === undefined) continue;
      } else if (code === (keys === undefined ? closeBracket : closeBrace)) {
        levels.pop();
        if (levels.length > 0) continue;
        if (at === end) return undefined;
        return text.charCodeAt(at) === openBrace
          ? 'another object follows on its line'
          : 'something follows its object';
      } else return noJson;
    } else if (code === openBrace || code === openBracket) {
      if (levels.length === 1 && levels[0] !== undefined) row.take(name, code === openBrace ? '{' : '[');
      if (levels.length === mostLevels) return `it is nested more than ${mostLevels} levels deep`;
      levels.push(code === openBrace ? new Set() : undefined);
      at = skipBlanks(text, at + 1);
      if (at < end && text.charCodeAt(at) === (code === openBrace ? closeBrace : closeBracket)) {
        wantsValue = false;
        continue;
      }
      if (code === openBracket) continue;
    } else {
      at = code === quote ? endOfString(text, at, isPlain) : endOfLiteral(text, at);
      if (at < 0) return problems[-at];
      if (levels.length === 1) row.take(name, text.slice(from, at));
      at = skipBlanks(text, at);
      wantsValue = false;
      continue;
    }
    // A key and its colon.
    if (at >= end) return cutOff;
    if (text.charCodeAt(at) !== quote) return noJson;
    const stop = endOfString(text, at, isPlain);
    if (stop < 0) return problems[-stop];
    name = isPlain ? text.slice(at + 1, stop - 1) : (JSON.parse(text.slice(at, stop)) as string);
    const keys = levels[levels.length - 1] as Set<string>;
    const before = keys.size;
    if (keys.add(name).size === before)
      return row.rules.columns.has(name) ? `the key ${name} stands twice` : 'a key stands twice';
    at = skipBlanks(text, stop);
    if (at >= end) return cutOff;
    if (text.charCodeAt(at) !== colon) return noJson;
    at = skipBlanks(text, at + 1);
  }
};

const skipBlanks = (text: string, from: number): number => {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) break;
  }
  return at;
};

/** What the negative answers of the functions below mean. */
const problems = [
  '',
  noJson,
  cutOff,
  'it has half of a surrogate pair',
  'it has a control character in a text',
] as const;
const [isNoJson, isCutOff, isHalf, isControl] = [-1, -2, -3, -4];

/** Where a string ends, after its closing quote; negative for a problem. */
const endOfString = (text: string, from: number, isPlain: boolean): number => {
  if (isPlain) {
    const close = text.indexOf('"', from + 1);
    return close < 0 ? isCutOff : close + 1;
  }
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code < 0x20) return isControl;
    if (code !== 0x5c) continue;
    at += 1;
    if (at >= text.length) return isCutOff;
    if ('"\\/bfnrt'.includes(text[at] as string)) continue;
    const unit = unitAt(text, at);
    if (unit < 0) return at + 5 > text.length ? isCutOff : isNoJson;
    at += 4;
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const low = text[at + 1] === '\\' ? unitAt(text, at + 2) : -1;
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) return isHalf;
    at += 6;
  }
  return isCutOff;
};

/** The code unit of an escape from its `u` on; -1 when it is none. */
const unitAt = (text: string, at: number): number => {
  const escape = text.slice(at, at + 5);
  return /^u[0-9a-fA-F]{4}$/.test(escape) ? Number.parseInt(escape.slice(1), 16) : -1;
};

const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Where a number or a word ends; negative for a problem. */
const endOfLiteral = (text: string, from: number): number => {
  literal.lastIndex = from;
  return literal.test(text) ? literal.lastIndex : isNoJson;
};
