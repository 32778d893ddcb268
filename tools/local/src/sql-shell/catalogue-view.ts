import { terminalTable } from './terminal-table.ts';
import { nearest } from './advice.ts';
import { type Output, paintFor } from './answer-view.ts';
import type { NamedQuery, ShellTable } from './sql-engine.ts';

/** What is counted stands to the right. */
const column = (name: string) => ({ name, type: name === 'columns' || name === '#' ? 'INTEGER' : 'VARCHAR' });

const list = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  output: Output,
): string => {
  const room = output.isTTY && output.columns ? { width: output.columns } : {};
  return `${terminalTable({ columns: columns.map(column), rows }, { ...room, paint: paintFor(output) }).text}\n`;
};

/** The tables, or the columns of one. */
export const tablesView = (tables: readonly ShellTable[], name: string, output: Output): string => {
  if (name === '') {
    if (tables.length === 0) return 'There are no tables yet: npm start makes them.\n';
    const rows = tables.map((table) => ({
      table: table.name,
      columns: String(table.columns.length),
      description: table.description,
    }));
    return list(['table', 'columns', 'description'], rows, output);
  }
  const table = tables.find((candidate) => candidate.name === name.toLowerCase());
  if (!table) {
    const near = nearest(
      name,
      tables.map((candidate) => candidate.name),
    );
    return `There is no table of that name.${near ? ` Did you mean ${near}?` : ''} \\d lists them.\n`;
  }
  const rows = table.columns.map(({ name, type, comment, isPartitionKey }) => ({
    column: name,
    type,
    description: isPartitionKey ? `${comment} (partition)`.trim() : comment,
  }));
  return list(['column', 'type', 'description'], rows, output);
};

/** The named queries, by number. */
export const queriesView = (queries: readonly NamedQuery[], output: Output): string => {
  if (queries.length === 0) return 'There are no named queries here.\n';
  const rows = queries.map(({ name, description }, index) => ({ '#': String(index + 1), query: name, description }));
  return `${list(['#', 'query', 'description'], rows, output)}\n\\n with a name or number runs one.\n`;
};

/** The query of a name, or of a number as they are listed. */
export const queryOf = (queries: readonly NamedQuery[], chosen: string): NamedQuery | undefined =>
  queries.find(({ name }) => name === chosen) ?? (/^\d+$/.test(chosen) ? queries[Number(chosen) - 1] : undefined);
