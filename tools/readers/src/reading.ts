/** A row of an event table: what a reader finds in each column, null where nothing is. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** A line of an object as a reader has it. */
export type Reading = { readonly row: Row } | { readonly error: string };

/** The rows as they should be, beside what a reader finds: the first line that it reads otherwise, in words. */
export const firstDifference = (rows: readonly Row[], readings: readonly Reading[]): string | undefined => {
  for (const [index, row] of rows.entries()) {
    const reading = readings[index];
    if (reading === undefined) return `line ${index + 1} is not there; it is ${JSON.stringify(row)}`;
    if ('error' in reading) return `line ${index + 1} cannot be read (${reading.error}); it is ${JSON.stringify(row)}`;
    const names = new Set([...Object.keys(row), ...Object.keys(reading.row)]);
    for (const name of names) {
      const [expected, found] = [row[name], reading.row[name]];
      // By value: 0 and -0 are one number to everybody who counts.
      if (expected !== found) {
        return `line ${index + 1}, ${name}: ${inAscii(found)} is read for ${inAscii(expected)}, in ${inAscii(row)}`;
      }
    }
  }
  return readings.length > rows.length ? `there are ${readings.length} lines for ${rows.length} rows` : undefined;
};

/** JSON that shows every unit: marks that no screen has, and halves. */
const inAscii = (value: unknown): string =>
  (JSON.stringify(value) ?? 'nothing').replaceAll(
    /[^ -~]/g,
    (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
