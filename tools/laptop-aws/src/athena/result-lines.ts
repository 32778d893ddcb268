/** The result object of a statement that is no query: plain lines without a heading. */
export const resultLines = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
