import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { openDuckDb } from '../sql/open-duckdb.ts';
import { placeOf, tokensOf } from '../sql/trino/tokens.ts';

/** Why a text is no statement. */
export interface SyntaxProblem {
  readonly message: string;
}

/** Checks statements before they are queued, in a DuckDB that holds and reaches nothing. */
export interface Parser {
  /** @returns undefined when the statement is one query, or none of DuckDB's business */
  problemOf(sql: string): Promise<SyntaxProblem | undefined>;
  close(): Promise<void>;
}

export const openParser = (): Parser => {
  let opened: Promise<{ connection: DuckDBConnection; instance: DuckDBInstance }> | undefined;
  const open = async () => {
    const instance = await openDuckDb(':memory:', { enable_external_access: 'false', threads: '1' });
    return { instance, connection: await instance.connect() };
  };
  return {
    problemOf: async (sql) => {
      const backquote = tokensOf(sql).find(({ text }) => text === '`');
      if (backquote) return { message: `${placeOf(sql, backquote.at)}: ${backquoted}` };
      const { connection } = await (opened ??= open());
      const answer = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
      const parsed = JSON.parse(String(answer.getRows()[0]?.[0])) as Parsed;
      if (parsed.error) {
        if (parsed.error_type !== 'parser') return undefined;
        return { message: `${placeOf(sql, Number(parsed.position ?? 0))}: ${parsed.error_message ?? 'syntax error'}` };
      }
      return (parsed.statements?.length ?? 0) > 1 ? { message: 'Only one sql statement is allowed.' } : undefined;
    },
    close: async () => {
      if (!opened) return;
      const { connection, instance } = await opened;
      connection.closeSync();
      instance.closeSync();
    },
  };
};

/** In Trino's words. */
const backquoted = 'backquoted identifiers are not supported; use double quotes to quote identifiers';

interface Parsed {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly unknown[];
}
