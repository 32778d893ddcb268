import type { Findings } from '@acme/lambda-kit/rows';
import type { Column, Row } from '@acme/laptop-aws/sql';

export interface ShellColumn {
  readonly name: string;
  /** As the catalogue has it: `string`, `bigint`, `array<string>`. */
  readonly type: string;
  readonly comment: string;
  readonly isPartitionKey: boolean;
}

export interface ShellTable {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ShellColumn[];
}

export interface NamedQuery {
  readonly name: string;
  readonly sql: string;
  readonly description: string;
}

/** What a statement cost. */
export interface Cost {
  readonly elapsedMs: number;
  /** Of the tables' files. Absent where nobody counted. */
  readonly bytesScanned?: number | undefined;
  /** What it had to do without, by name. Absent where nobody looked. */
  readonly unreadable?: Findings | undefined;
}

export interface Run {
  readonly sql: string;
  /** How many rows to hand on at most. @default all */
  readonly maxRows?: number | undefined;
  /** Ends the statement when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Is told now and then how far it is, in a few words. */
  readonly progress?: ((state: string) => void) | undefined;
}

/** Where statements run. */
export interface SqlEngine {
  /** For people: "the lake in .local", "Athena, work group acme". */
  readonly place: string;
  /**
   * Runs one statement.
   *
   * @param take gets the rows in parts as they come; for a statement without rows it gets the columns once
   * @throws SqlError for its writer; whatever the signal gave when it was aborted
   */
  run(run: Run, take: (rows: readonly Row[], columns: readonly Column[]) => Promise<void>): Promise<Cost>;
  tables(): Promise<readonly ShellTable[]>;
  namedQueries(): Promise<readonly NamedQuery[]>;
}
