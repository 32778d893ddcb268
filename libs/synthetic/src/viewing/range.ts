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

/** A block of a range: its number, and positions `first` to `end − 1` of its time order. */
export type BlockOfRange = readonly [number: number, first: number, end: number];

/** A checked range block by block. */
export function* blocksOf({ from, count }: EventRange): Generator<BlockOfRange, void, void> {
  const end = from + count;
  for (let at = from; at < end;) {
    const block = Math.floor(at / eventsPerBlock);
    const start = block * eventsPerBlock;
    const stop = Math.min(eventsPerBlock, end - start);
    yield [block, at - start, stop];
    at = start + stop;
  }
}

/** Visits a checked range block by block. */
export const eachBlock = (range: EventRange, visit: (...block: BlockOfRange) => void): void => {
  for (const block of blocksOf(range)) visit(...block);
};
