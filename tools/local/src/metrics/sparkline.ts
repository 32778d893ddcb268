const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Values as a line of bars from 0 to the greatest; a blank where there is none. */
export const sparkline = (values: readonly (number | undefined)[]): string => {
  const greatest = Math.max(0, ...values.filter((value) => value !== undefined));
  return values
    .map((value) => {
      if (value === undefined) return ' ';
      const share = greatest === 0 ? 0 : Math.max(0, value) / greatest;
      return heights[Math.ceil(share * (heights.length - 1))];
    })
    .join('');
};
