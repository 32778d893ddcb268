import type { Universe } from '../universe/universe.ts';
import { checkedRange } from '../viewing/range.ts';
import { eachEncodedClickBlock, lineRoom } from './encode.ts';
import type { ClickstreamRange } from './events.ts';

/** The clickstream events of a range as newline-delimited JSON: ASCII bytes, each line ended by a line feed. */
export const clickstreamBytes = (universe: Universe, range: ClickstreamRange): Uint8Array => {
  const bytes = Buffer.allocUnsafe(checkedRange(range).count * lineRoom);
  let size = 0;
  eachEncodedClickBlock(universe, range, (lines) => (size += lines.copy(bytes, size)));
  return bytes.subarray(0, size);
};

/** The same line by line, without line feeds: each is exactly JSON.stringify of the event in `clickstreamEvents`. */
export const clickstreamLines = (universe: Universe, range: ClickstreamRange): string[] => {
  const all: string[] = [];
  eachEncodedClickBlock(universe, range, (lines, ends) => {
    const text = lines.toString('latin1');
    let start = 0;
    for (const end of ends) {
      all.push(text.slice(start, end - 1));
      start = end;
    }
  });
  return all;
};
