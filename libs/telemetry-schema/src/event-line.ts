import type { Parsed } from './parsed.ts';

/** The largest event, in bytes of UTF-8. */
export const maxEventBytes = 256 * 1024;

const tooLarge = refused(`must be at most ${maxEventBytes} bytes long`);
const notJson = refused('must be valid JSON');

/** The JSON value that a line of text holds. The size is checked first, so nothing large is ever parsed. */
export const readLine = (line: string): Parsed<unknown> => {
  if (isLarger(line)) return tooLarge;
  try {
    return { ok: true, value: JSON.parse(line) };
  } catch {
    return notJson; // the engine's own message quotes the text
  }
};

// A UTF-16 unit takes one to three bytes of UTF-8, so most lines need no counting.
const isLarger = (line: string): boolean =>
  line.length > maxEventBytes ||
  (line.length * 3 > maxEventBytes && new TextEncoder().encode(line).length > maxEventBytes);

function refused(reason: string): Parsed<never> {
  return { ok: false, problems: [{ field: '(event)', reason }] };
}
