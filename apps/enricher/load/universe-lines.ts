import { openUniverse, type Universe } from '@acme/synthetic';
import { customers, pages, titles } from '@acme/synthetic/tables';
import type { DimensionName } from '../src/dimensions/index.ts';
import type { SourceLine } from './source-line.ts';

/** By dimension: its rows in the synthetic universe. One that is not there is loaded from files alone. */
const rowsOf: Readonly<Partial<Record<DimensionName, (universe: Universe) => object[]>>> = {
  customers: (universe) => customers(universe).map(({ email: _email, preferred_genres: _genres, ...row }) => row),
  titles,
  pages,
};

/** The dimensions that the synthetic universe has rows of. */
export const universeDimensions = Object.keys(rowsOf) as readonly DimensionName[];

/** A dimension's rows in the universe of a seed. */
export function* universeLines(name: DimensionName, seed: number): Generator<SourceLine> {
  let line = 0;
  for (const value of rowsOf[name]?.(openUniverse(seed)) ?? []) yield { line: (line += 1), value };
}
