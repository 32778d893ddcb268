import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const mostEntries = 1000;

/** The statements of earlier shells, kept in a file that only its owner reads: statements may name people. */
export interface History {
  /** Newest first, as readline has them. */
  readonly entries: readonly string[];
  add(statement: string): void;
}

/** @param file whose folder is there when the history is to be kept; without it nothing is */
export const openHistory = (file: string): History => {
  const entries = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).reverse() : [];
  return {
    entries,
    add: (statement) => {
      const entry = asEntry(statement);
      if (entry === entries[0] || entry === '') return;
      entries.unshift(entry);
      entries.splice(mostEntries);
      if (!existsSync(dirname(file))) return;
      writeFileSync(file, `${entries.toReversed().join('\n')}\n`, { mode: 0o600 });
      chmodSync(file, 0o600); // also when it was there with other rights
    },
  };
};

/** A statement as one line; a comment up to the end of its line would swallow the rest, and is left out. */
export const asEntry = (statement: string): string =>
  statement
    .replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*/g, (part) => (part.startsWith('--') ? '' : part))
    .replace(/\s*\n\s*/g, ' ')
    .trim();
