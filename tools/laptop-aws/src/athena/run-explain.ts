import { withStatement } from '../sql/with-statement.ts';
import type { RunOptions, RunResult } from './run-options.ts';
import { resultLines } from './result-lines.ts';

/** The plan of a query as DuckDB tells it: what is read and joined is the same on AWS, how fast is not. */
export const runExplain = async ({ store, begin, ...options }: RunOptions): Promise<RunResult> =>
  withStatement(options, async ({ connection, sql }) => {
    await begin(0);
    const plan = await connection.runAndReadAll(sql);
    await store(resultLines(plan.getRows().flatMap((row) => String(row.at(-1)).split('\n'))));
    return { columns: [{ name: 'Query Plan', type: 'varchar', precision: 0, scale: 0 }] };
  });
