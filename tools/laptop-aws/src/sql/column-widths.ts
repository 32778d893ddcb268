const gap = 2;
/** A column that is cut for room keeps this much, so that something of it can be read. */
const leastReadable = 10;

/**
 * The widths of as many columns, from the left, as a terminal has room for; the widest are cut first.
 *
 * @param natural how wide the columns would be
 * @returns at least one width
 */
export const fitted = (natural: readonly number[], terminal: number): number[] => {
  const least = natural.map((width) => Math.min(width, leastReadable));
  let columns = 1;
  while (columns < natural.length && total(least.slice(0, columns + 1)) <= terminal) columns++;
  const widths = natural.slice(0, columns);
  while (total(widths) > terminal && Math.max(...widths) > 1) {
    const widest = Math.max(...widths);
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
};

const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width + gap, -gap);
