import { SqlError } from '../sql/sql-error.ts';
import { defined, renamed } from '../sql/trino/functions.ts';
import { nameOf, placeOf, tokensOf } from '../sql/trino/tokens.ts';

/** A query that would read more than its work group allows. */
export class ScanLimitError extends Error {
  override readonly name = 'ScanLimitError';

  constructor() {
    super('Bytes scanned limit was exceeded');
  }
}

/** What DuckDB complains about, as Athena's engine 3 says it, with its place in the statement. */
export const stateChangeReason = (error: unknown, sql: string, database: string): string => {
  if (!(error instanceof SqlError))
    return `INTERNAL_ERROR_QUERY_ENGINE: ${error instanceof Error ? error.message : String(error)}`;
  const { message } = error;
  if (/^[A-Z_]+: /.test(message)) return message;
  for (const [pattern, say] of complaints) {
    const match = pattern.exec(message);
    if (match) return say(match[1] as string, (name) => `${whereIs(sql, name)}: `, { database, match });
  }
  return /^An object of the lake is broken/.test(message)
    ? `HIVE_BAD_DATA: ${message}`
    : `GENERIC_USER_ERROR: ${message}`;
};

type Say = (name: string, at: (name: string) => string, more: { database: string; match: RegExpExecArray }) => string;

const noColumn: Say = (name, at) =>
  `COLUMN_NOT_FOUND: ${at(name)}Column '${name}' cannot be resolved or requester is not authorized to access requested resources`;

const complaints: readonly (readonly [RegExp, Say])[] = [
  [/^Binder Error: Referenced column "(.*?)" (?:was )?not found/, noColumn],
  [/^Binder Error: (?:Table|Values list) ".*?" does not have a column named "(.*?)"/, noColumn],
  [/^Binder Error: Referenced table "(.*?)" not found/, noColumn],
  [
    /because schema "(.*?)" does not exist/,
    (name, at) => `SCHEMA_NOT_FOUND: ${at(name)}Schema '${name}' does not exist`,
  ],
  [
    /^Catalog Error: Table with name (\S+) does not exist/,
    (name, at, { database }) => {
      const table = name.includes('.') ? name : `${database}.${name}`;
      return `TABLE_NOT_FOUND: ${at(name.split('.').at(-1) as string)}Table 'awsdatacatalog.${table}' does not exist`;
    },
  ],
  [
    /^Catalog Error: .*?Function with name "?(\w+)"? does not exist/,
    (name, at) => `FUNCTION_NOT_FOUND: ${at(name)}Function '${name}' not registered. ${covered}`,
  ],
  [
    /^Binder Error: No function matches the given name and argument types '(\w+)(\(.*?\))'/,
    (name, at, { match }) => `FUNCTION_NOT_FOUND: ${at(name)}Unexpected parameters ${match[2]} for function ${name}`,
  ],
  [
    /^Binder Error: Macro (\w+)\(\) does not support the supplied arguments/,
    (name, at) => `FUNCTION_NOT_FOUND: ${at(name)}Unexpected parameters for function ${name}`,
  ],
  [/^Conversion Error: (.*)/, (said) => `INVALID_CAST_ARGUMENT: ${said}`],
  [/^Out of Memory Error/, () => 'EXCEEDED_LOCAL_MEMORY_LIMIT: Query exhausted resources at this scale factor'],
];

const covered = `The laptop has DuckDB's functions, and of Athena's that DuckDB has not: ${[
  ...new Set([
    ...Object.keys(renamed),
    ...defined.map((definition) => definition.slice(0, definition.indexOf('('))).filter((name) => /^\w/.test(name)),
    ...['date_format', 'date_parse', 'format_datetime', 'parse_datetime'],
  ]),
]
  .sort()
  .join(', ')}.`;

const whereIs = (sql: string, name: string): string => {
  const found = tokensOf(sql).find((token) => nameOf(token)?.toLowerCase() === name.toLowerCase());
  return placeOf(sql, found?.at ?? 0);
};
