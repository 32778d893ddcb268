import { SqlError } from '../sql/sql-error.ts';
import { runExplain } from './run-explain.ts';
import { runSelect } from './run-select.ts';
import { runUnload } from './run-unload.ts';
import { runCatalogStatement } from './run-catalog-statement.ts';
import { statementKind, verbOf } from './statement-kind.ts';
import type { RunOptions, RunResult } from './run-options.ts';

/** Runs a statement to its end. @throws SqlError and whatever `begin` throws */
export const run = async (options: RunOptions): Promise<RunResult> => {
  switch (statementKind(options.sql)) {
    case 'select':
      return runSelect(options);
    case 'unload':
      return runUnload(options);
    case 'explain':
      return runExplain(options);
    case 'repair':
    case 'show':
    case 'describe':
      return runCatalogStatement(options);
    case 'other':
      throw new SqlError(
        `NOT_SUPPORTED: ${verbOf(options.sql)} is not run on the laptop, whose tables come from the templates. ` +
          'It runs SELECT, WITH, VALUES, EXPLAIN, UNLOAD, SHOW, DESCRIBE and MSCK REPAIR TABLE. ' +
          'AWS SDK for pandas makes a table of each query unless it is told ctas_approach=False.',
      );
  }
};
