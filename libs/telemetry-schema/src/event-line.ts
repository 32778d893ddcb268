import type { Parsed } from './parsed.ts';

/** The largest event, in bytes of UTF-8. */
export const maxEventBytes = 256 * 1024;

const tooLarge = refused(`must be at most ${maxEventBytes} bytes long`);
const notJson = refused('must be valid JSON');

/**
 * The JSON value that a line of text holds. The size is checked first, so nothing large is ever parsed. A byte-order
 * mark before the value is ignored, as RFC 8259 (section 8.1) allows; of a key that stands twice the last one counts.
 */
export const readLine = (line: string): Parsed<unknown> => {
  if (isLarger(line)) return tooLarge;
  try {
    return { ok: true, value: JSON.parse(line.charCodeAt(0) === byteOrderMark ? line.slice(1) : line) };
  } catch {
    return notJson; // the engine's own message quotes the text
  }
};

const byteOrderMark = 0xfeff;

// A UTF-16 unit takes one to three bytes of UTF-8, so most lines need no counting.
const isLarger = (line: string): boolean =>
  line.length > maxEventBytes ||
  (line.length * 3 > maxEventBytes && new TextEncoder().encode(line).length > maxEventBytes);

function refused(reason: string): Parsed<never> {
  return { ok: false, problems: [{ field: '(event)', reason }] };
}
