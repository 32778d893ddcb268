import type { Universe } from '../universe/universe.ts';
import { eachEncodedBlock, lineRoom } from './encode.ts';
import type { ViewingRange } from './events.ts';
import { checkedRange } from './range.ts';

/**
 * The viewing events of a range as newline-delimited JSON, each line ended by a line feed.
 *
 * @throws RangeError when the range or the clock's answer is out of bounds
 */
export const viewingNdjson = (universe: Universe, range: ViewingRange): string => {
  let text = '';
  eachEncodedBlock(universe, range, (lines) => (text += lines.toString('latin1')));
  return text;
};

/** The same as bytes; all of them are ASCII. */
export const viewingBytes = (universe: Universe, range: ViewingRange): Uint8Array => {
  const bytes = Buffer.allocUnsafe(checkedRange(range).count * lineRoom);
  let size = 0;
  eachEncodedBlock(universe, range, (lines) => (size += lines.copy(bytes, size)));
  return bytes.subarray(0, size);
};

/** The same line by line, without line feeds: each is exactly JSON.stringify of the event in `viewingEvents`. */
export const viewingLines = (universe: Universe, range: ViewingRange): string[] => {
  const all: string[] = [];
  eachEncodedBlock(universe, range, (lines, ends) => {
    const text = lines.toString('latin1');
    let start = 0;
    for (const end of ends) {
      all.push(text.slice(start, end - 1));
      start = end;
    }
  });
  return all;
};
