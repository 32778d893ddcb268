import { maxEventBytes, maxEventDepth } from '@acme/telemetry-schema';
import { isAggregated, userRecordsOf } from './aggregated-record.ts';

/**
 * How bytes or text hold events: the only rules there are, for senders, consumers, files and benches alike.
 *
 * - An event is a line. Lines end at U+000A, and at nothing else: U+2028 and U+0085 may stand in a text of JSON.
 * - A line of blanks (those of JSON: space, tab, carriage return), with or without a byte-order mark, is no event.
 * - An event may be spread over lines, as people and pretty printers write it: it begins with `{`, its first line ends in
 *   `{`, `[`, `,` or `:`, and it ends with the line that closes it. What stands before and after it is judged apart.
 * - An event whose spread never ends well is one broken event. It goes up to the next line that begins with `{` at its
 *   very start, or that begins with `{` and ends with `}`, so that what was torn or misspelt takes no neighbour with it.
 * - A record that the Kinesis Producer Library has packed holds the events of its users' records, each framed by itself.
 *   A damaged one is one broken event.
 */

const [newline, space, tab, carriageReturn] = [0x0a, 0x20, 0x09, 0x0d];
const [quote, comma, colon, bracket, backslash, closingBracket, brace, closingBrace] = [
  0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d,
];

/** The events of some bytes in their order, each as it came, without its line end; the bytes need not be text. */
export function* framesOf(bytes: Buffer): Generator<Buffer> {
  const parts = partsOf(bytes);
  if (!parts) yield bytes;
  else for (const each of parts) for (const [from, until] of rangesOf(each)) yield each.subarray(from, until);
}

/** The events of a text in their order, each as it came, without its line end. */
export function* textFramesOf(text: string): Generator<string> {
  for (const [from, until] of rangesIn(text, '\ufeff')) yield text.slice(from, until);
}

/** How many events some bytes hold, without reading these: as many as `framesOf` gives. */
export const countFrames = (bytes: Buffer): number => {
  const parts = partsOf(bytes);
  if (!parts) return 1;
  let frames = 0;
  for (const each of parts) for (const _ of rangesOf(each)) frames += 1;
  return frames;
};

/** What is framed by itself: all of a record, or each of its users' records; undefined of one that is damaged. */
const partsOf = (bytes: Buffer): Iterable<Buffer> | undefined => (isAggregated(bytes) ? userRecordsOf(bytes) : [bytes]);

/** Bytes are looked through as Latin-1, a character each: what structures JSON is the same there. */
const rangesOf = (bytes: Buffer): Generator<Range> => rangesIn(bytes.toString('latin1'), markInLatin1);
const markInLatin1 = Buffer.from('\ufeff').toString('latin1');

type Range = readonly [from: number, until: number];

function* rangesIn(text: string, mark: string): Generator<Range> {
  for (let from = 0; from < text.length;) {
    const end = lineEnd(text, from);
    const first = firstOf(text, from, end, mark);
    if (first < end) {
      const until = mayBeSpread(text, first, end) ? endOfSpread(text, first, end, mark) : end;
      yield [from, until];
      from = until + 1;
    } else from = end + 1;
  }
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** Where a line's first character is that is neither blank nor a byte-order mark; its end if there is none. */
const firstOf = (text: string, from: number, end: number, mark: string): number => {
  let at = text.startsWith(mark, from) ? from + mark.length : from;
  while (at < end && isBlank(text.charCodeAt(at))) at += 1;
  return at;
};

const isBlank = (code: number): boolean => code === space || code === tab || code === carriageReturn;

/** The last character of a line, from its first, that is no blank. */
const lastOf = (text: string, first: number, end: number): number => {
  let last = end - 1;
  while (last > first && isBlank(text.charCodeAt(last))) last -= 1;
  return text.charCodeAt(last);
};

const mayBeSpread = (text: string, first: number, end: number): boolean => {
  if (text.charCodeAt(first) !== brace) return false;
  const last = lastOf(text, first, end);
  return last === brace || last === comma || last === colon || last === bracket;
};

/** The end of the last line of what begins as an event spread over lines. */
const endOfSpread = (text: string, first: number, firstLineEnd: number, mark: string): number => {
  const closed = closing(text, first);
  const end = closed === undefined ? undefined : lineEnd(text, closed);
  if (end !== undefined && (end === firstLineEnd || isJson(text.slice(first, end)))) return end;
  let until = firstLineEnd;
  for (let from = until + 1; from < text.length && !mayBegin(text, from, mark);) {
    const lineEndsAt = lineEnd(text, from);
    if (firstOf(text, from, lineEndsAt, mark) < lineEndsAt) until = lineEndsAt; // blank lines behind it are not its own
    from = lineEndsAt + 1;
  }
  return until;
};

/** Whether the line from here may begin an event of its own, after one that is broken. */
const mayBegin = (text: string, from: number, mark: string): boolean => {
  const end = lineEnd(text, from);
  const first = firstOf(text, from, end, mark);
  if (text.charCodeAt(first) !== brace) return false;
  const isAtStart = first === from || (first === from + mark.length && text.startsWith(mark, from));
  return isAtStart || lastOf(text, first, end) === closingBrace;
};

/**
 * Where the object that begins here is closed. Undefined when a text in it breaks off with its line, or it grows larger
 * or deeper than any event may be: so what never closes is looked through a bounded number of times.
 */
const closing = (text: string, first: number): number | undefined => {
  const most = Math.min(text.length, first + maxEventBytes);
  let depth = 0;
  let inText = false;
  for (let at = first; at < most; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === backslash) at += 1;
      else if (code === quote) inText = false;
      else if (code === newline) return undefined;
    } else if (code === quote) inText = true;
    else if (code === brace || code === bracket) {
      if ((depth += 1) > maxEventDepth) return undefined;
    } else if (code === closingBrace || code === closingBracket) {
      if ((depth -= 1) === 0) return at;
    }
  }
  return undefined;
};

/** Whether a text is one JSON value, however deep: Node reads JSON without calling itself. */
export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
