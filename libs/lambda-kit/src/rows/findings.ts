import { type Unreadable, unreadableLine } from './unreadable.ts';

/** So many findings are named; of the others there is the count. */
const mostNamed = 20;

/** What could not be read, of many objects: the first findings by name and the count of all. */
export interface Findings {
  readonly count: number;
  readonly first: readonly Unreadable[];
}

/** @param count of all, when `named` are only the first of them */
export const findingsOf = (named: readonly Unreadable[], count = named.length): Findings => ({
  count,
  first: named.slice(0, mostNamed),
});

export const noFindings: Findings = { count: 0, first: [] };

export const joined = (all: readonly Findings[]): Findings =>
  findingsOf(
    all.flatMap(({ first }) => first),
    all.reduce((sum, { count }) => sum + count, 0),
  );

/** The findings for people, one a line; a last one tells how many more there are. */
export const findingLines = ({ count, first }: Findings): string[] => [
  ...first.map(unreadableLine),
  ...(count > first.length ? [`and ${(count - first.length).toLocaleString('en-US')} more`] : []),
];
