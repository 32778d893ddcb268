import { resolve } from 'node:path';
import { matchesWildcard } from '../aws/wildcard.ts';
import { readCatalog } from '../glue/catalog.ts';
import type { TableInput } from '../glue/table-input.ts';
import { partitionsOf } from '../sql/partitions.ts';
import { SqlError } from '../sql/sql-error.ts';
import { isToken, literalOf, meaningful, nameOf, type Token, tokensOf } from '../sql/trino/tokens.ts';
import type { ResultColumn } from './execution.ts';
import { resultLines } from './result-lines.ts';
import type { RunOptions, RunResult } from './run-options.ts';

/** MSCK REPAIR TABLE, SHOW … and DESCRIBE: what the catalog answers. */
export const runCatalogStatement = async ({ dir, sql, database, store, begin }: RunOptions): Promise<RunResult> => {
  await begin(0);
  const words = meaningful(tokensOf(inDoubleQuotes(sql))).filter((word) => !isToken(word, ';'));
  const { names, lines } = await answer(new CatalogReader(resolve(dir), database), words);
  await store(resultLines(lines));
  return { columns: names.map((name): ResultColumn => ({ name, type: 'string', precision: 0, scale: 0 })) };
};

/** These statements are Hive's, whose names may stand in backticks; all else of a statement stays as it is. */
const inDoubleQuotes = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|`((?:[^`]|``)+)`/g, (whole, name?: string) =>
    name === undefined ? whole : `"${name.replaceAll('``', '`').replaceAll('"', '""')}"`,
  );

interface Answer {
  readonly names: readonly string[];
  readonly lines: readonly string[];
}

const answer = async (catalog: CatalogReader, words: readonly Token[]): Promise<Answer> => {
  const verbs = words.map(({ text }) => text.toUpperCase());
  if (verbs[0] === 'MSCK' && verbs[1] === 'REPAIR' && verbs[2] === 'TABLE') {
    catalog.table(words.slice(3)); // partitions are computed from the objects, so there is nothing to repair
    return { names: [], lines: [] };
  }
  if (verbs[0] === 'DESCRIBE' || verbs[0] === 'DESC') {
    const skipped = ['EXTENDED', 'FORMATTED', 'TABLE'].includes(verbs[1] ?? '') ? 2 : 1;
    return { names: ['col_name', 'data_type', 'comment'], lines: described(catalog.table(words.slice(skipped))) };
  }
  if (verbs[1] === 'DATABASES' || verbs[1] === 'SCHEMAS') {
    return { names: ['database_name'], lines: matching(catalog.databases(), words.slice(2)) };
  }
  if (verbs[1] === 'TABLES') {
    const named = verbs[2] === 'IN' || verbs[2] === 'FROM';
    const tables = catalog.tables(named ? nameOf(words[3]) : undefined).map(({ Name }) => Name);
    return { names: ['tab_name'], lines: matching(tables, words.slice(named ? 4 : 2)) };
  }
  if (verbs[1] === 'COLUMNS') {
    const { StorageDescriptor, PartitionKeys } = catalog.table(words.slice(3));
    return { names: ['field'], lines: [...StorageDescriptor.Columns, ...PartitionKeys].map(({ Name }) => Name) };
  }
  if (verbs[1] === 'PARTITIONS') {
    const table = catalog.table(words.slice(2));
    const partitions = await partitionsOf(catalog.dir, table);
    return {
      names: ['partition'],
      lines: partitions.map(({ values }) =>
        values.map((value, index) => `${table.PartitionKeys[index]?.Name}=${value}`).join('/'),
      ),
    };
  }
  throw new SqlError(
    'NOT_SUPPORTED: the laptop runs SHOW DATABASES, SHOW TABLES, SHOW COLUMNS, SHOW PARTITIONS, DESCRIBE and MSCK REPAIR TABLE of these statements.',
  );
};

/** The catalog as statements name its parts. */
class CatalogReader {
  readonly dir: string;
  readonly #databases: NonNullable<ReturnType<typeof readCatalog>>['databases'];
  readonly #database: string;

  constructor(dir: string, database: string | undefined) {
    this.dir = dir;
    this.#databases = readCatalog(dir)?.databases ?? {};
    this.#database = database ?? Object.keys(this.#databases)[0] ?? 'default';
  }

  databases(): string[] {
    return Object.keys(this.#databases).sort();
  }

  /** @throws SqlError when there is no such database */
  tables(database = this.#database): TableInput[] {
    const name = database.toLowerCase();
    const found = Object.hasOwn(this.#databases, name) ? this.#databases[name] : undefined;
    if (!found) throw new SqlError(`SCHEMA_NOT_FOUND: Schema '${name}' does not exist`);
    return Object.values(found.tables).sort((a, b) => (a.Name < b.Name ? -1 : 1));
  }

  /** `table`, `database.table` or, for SHOW COLUMNS, `table IN database`. @throws SqlError when there is none */
  table(words: readonly Token[]): TableInput {
    const [first, second] = [nameOf(words[0]), nameOf(words[2])];
    const isQualified = isToken(words[1], '.');
    const database =
      (isQualified ? first : isToken(words[1], 'IN') || isToken(words[1], 'FROM') ? second : undefined) ??
      this.#database;
    const name = ((isQualified ? second : first) ?? '').toLowerCase();
    const table = this.tables(database).find(({ Name }) => Name === name);
    if (!table) throw new SqlError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${database}.${name}' does not exist`);
    return table;
  }
}

/** SHOW … 'pattern' or LIKE 'pattern': `*` stands for anything, `|` parts patterns of which one has to fit. */
const matching = (names: readonly string[], words: readonly Token[]): string[] => {
  const pattern = literalOf(words.at(-1));
  if (pattern === undefined) return [...names];
  const parts = pattern.toLowerCase().split('|');
  return names.filter((name) => parts.some((part) => matchesWildcard(part, name.toLowerCase())));
};

/** As Hive prints a table, and so Athena: columns in fixed width, then the partitions. */
const described = ({ StorageDescriptor, PartitionKeys }: TableInput): string[] => {
  const line = ({ Name, Type, Comment = '' }: TableInput['PartitionKeys'][number]): string =>
    [Name, Type, Comment].map((text) => text.padEnd(20)).join('\t');
  const partitions = [
    '',
    '# Partition Information',
    line({ Name: '# col_name', Type: 'data_type', Comment: 'comment' }),
    '',
    ...PartitionKeys.map(line),
  ];
  return [
    ...[...StorageDescriptor.Columns, ...PartitionKeys].map(line),
    ...(PartitionKeys.length > 0 ? partitions : []),
  ];
};
