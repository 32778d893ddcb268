import { type DuckDBConnection } from '@duckdb/node-api';
import { SqlError } from './sql-error.ts';
import { checkParsed } from './statement.ts';

/** One reading of a table in the plan of a statement. */
export interface PlannedRead {
  /** Those that the filters on partitions and `$path` leave. */
  readonly files: readonly string[];
  /** The columns of the files that the statement needs, in lower case. */
  readonly columns: readonly string[];
}

/** What shrinks a plan. The others need rows to judge by, or break the plan's text (DuckDB 1.5). */
const optimizers = [
  'cte_filter_pusher',
  'cte_inlining',
  'deliminator',
  'expression_rewriter',
  'filter_pullup',
  'filter_pushdown',
  'in_clause',
  'regex_range',
  'unnest_rewriter',
  'unused_columns',
];

/**
 * What a statement reads, by DuckDB's own planner; nothing is read. To be asked while the tables are `createPlanView`s.
 *
 * @returns undefined when this planner cannot say: then a statement may read everything. Nothing at all for a statement
 * that is wrong, which running it will say better
 */
export const plannedReads = async (connection: DuckDBConnection, sql: string): Promise<PlannedRead[] | undefined> => {
  // Planning has effects of its own: EXPORT DATABASE makes its folder. Only what parses as reading is planned.
  try {
    await checkParsed(connection, sql);
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
  const known = await connection.runAndReadAll('SELECT name FROM duckdb_optimizers()');
  const others = known
    .getRows()
    .flat()
    .filter((name) => !optimizers.includes(String(name)));
  await connection.run(`SET disabled_optimizers = '${others.join(',')}'`);
  try {
    const plan = await planOf(connection, 'json_serialize_plan($1::VARCHAR, optimize := true)', sql);
    if (plan.error) return /^(parser|binder|catalog|syntax)$/.test(plan.error_type ?? '') ? [] : undefined;
    return (plan.plans ?? []).flatMap(readsOf);
  } finally {
    await connection.run('RESET disabled_optimizers');
  }
};

const planOf = async (connection: DuckDBConnection, call: string, sql: string): Promise<Plan> => {
  const answer = await connection.runAndReadAll(`SELECT ${call}`, [sql]);
  const text = String(answer.getRows()[0]?.[0]);
  // DuckDB writes constants that JSON has no numbers for: what 7 / 0 comes to.
  return JSON.parse(text.replace(/"value":-?(?:Infinity|NaN|inf|nan)(?=[,}])/g, '"value":null')) as Plan;
};

interface Plan {
  readonly error: boolean;
  readonly error_type?: string;
  readonly plans?: readonly PlanNode[];
}

interface PlanNode {
  readonly type: string;
  readonly name?: string;
  readonly names?: readonly string[];
  readonly column_indexes?: readonly { readonly index: number }[];
  readonly function_data?: { readonly files?: readonly string[] };
  readonly children?: readonly PlanNode[];
}

const readsOf = (node: PlanNode): PlannedRead[] => {
  const below = (node.children ?? []).flatMap(readsOf);
  if (node.type !== 'LOGICAL_GET' || node.name !== 'read_parquet') return below;
  const columns = (node.column_indexes ?? []).flatMap(({ index }) => node.names?.[index]?.toLowerCase() ?? []);
  return [{ files: node.function_data?.files ?? [], columns }, ...below];
};
