import { isToken, meaningful, type Token, tokensOf } from '../sql/trino/tokens.ts';
import type { Execution } from './execution.ts';

export type StatementKind = 'select' | 'explain' | 'unload' | 'repair' | 'show' | 'describe' | 'other';

/** What a statement is, by its first word; whether it is well formed is for its parser. */
export const statementKind = (sql: string): StatementKind => {
  const words = meaningful(tokensOf(sql));
  const [first] = words;
  const starts: readonly (readonly [StatementKind, readonly string[]])[] = [
    ['select', ['SELECT', 'WITH', 'VALUES', 'TABLE', '(']],
    ['explain', ['EXPLAIN']],
    ['unload', ['UNLOAD']],
    ['repair', ['MSCK']],
    ['show', ['SHOW']],
    ['describe', ['DESCRIBE', 'DESC']],
  ];
  return starts.find(([, texts]) => texts.some((text) => isToken(first, text)))?.[0] ?? 'other';
};

/** The first word, in capitals, for errors. */
export const verbOf = (sql: string): string => {
  const first: Token | undefined = meaningful(tokensOf(sql))[0];
  return first?.kind === 'word' ? first.text.toUpperCase() : 'this statement';
};

/** Words that begin a statement that Athena has and the laptop has not. */
export const isAthenas = (sql: string): boolean =>
  [
    ...['ALTER', 'ANALYZE', 'CALL', 'COMMIT', 'CREATE', 'DEALLOCATE', 'DELETE', 'DROP', 'EXECUTE', 'GRANT', 'INSERT'],
    ...[
      'MERGE',
      'OPTIMIZE',
      'PREPARE',
      'RESET',
      'REVOKE',
      'ROLLBACK',
      'SET',
      'START',
      'TRUNCATE',
      'UPDATE',
      'USE',
      'VACUUM',
    ],
  ].includes(verbOf(sql));

/** As GetQueryExecution tells it. */
export const statementType = (kind: StatementKind): Execution['statementType'] => {
  if (kind === 'select' || kind === 'unload') return 'DML';
  return kind === 'repair' || kind === 'other' ? 'DDL' : 'UTILITY';
};
