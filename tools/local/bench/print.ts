/** Prints a measurement as `npm run bench` reads it: tools/bench/src/row.ts. */
export const printRow = (row: {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly about?: string;
}): void => console.log(JSON.stringify(row));

/** Says how far it is; standard output is for measurements. */
export const say = (text: string): boolean => process.stderr.write(`${text}\n`);

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] as number;
