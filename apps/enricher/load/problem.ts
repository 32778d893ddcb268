/** What is wrong with a source of rows, and where. Never quotes what is refused. */
export interface Problem {
  /** Line of the file, or number of the row where there is no file; from 1. */
  readonly line: number;
  /** What of the line, where not all of it. */
  readonly field?: string;
  /** Reads on from the field's name: "must be a whole number". */
  readonly reason: string;
}

/** A source with lines that cannot be loaded; nothing of it has been. */
export class BadRowsError extends Error {
  override readonly name = 'BadRowsError';
  readonly problems: readonly Problem[];

  constructor(source: string, problems: readonly Problem[]) {
    super(
      [
        ...problems.map(({ line, field, reason }) => `${source}:${line}: ${field ? `${field} ` : ''}${reason}`),
        `${source}: nothing was loaded; ${problems.length === 1 ? 'one problem is' : `${problems.length} problems are`} to be mended first`,
      ].join('\n'),
    );
    this.problems = problems;
  }
}
