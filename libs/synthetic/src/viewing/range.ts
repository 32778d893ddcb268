import { endOfEvents, eventsPerBlock } from './limits.ts';

/** Events `from` to `from + count − 1`; event numbers go from 0 to 2^53 − 2. */
export interface EventRange {
  readonly from: number;
  readonly count: number;
}

/**
 * The range itself.
 *
 * @throws RangeError when it is not made of whole numbers or leaves the numbered events
 */
export const checkedRange = <Range extends EventRange>(range: Range): Range => {
  const { from, count } = range;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(count) || from < 0 || count < 0) {
    throw new RangeError('from and count must be whole numbers, 0 or more');
  }
  if (count > endOfEvents - from) throw new RangeError(`from + count must not pass ${endOfEvents}`);
  return range;
};

/** Visits a checked range block by block: of each block, positions `first` to `end − 1` of its time order. */
export const eachBlock = (
  { from, count }: EventRange,
  visit: (block: number, first: number, end: number) => void,
): void => {
  const end = from + count;
  for (let at = from; at < end;) {
    const block = Math.floor(at / eventsPerBlock);
    const start = block * eventsPerBlock;
    const stop = Math.min(eventsPerBlock, end - start);
    visit(block, at - start, stop);
    at = start + stop;
  }
};
