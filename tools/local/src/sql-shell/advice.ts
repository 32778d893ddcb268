/**
 * What an engine says of a table that is not there, as an advice: the nearest name, and all there are. Anything else
 * stays as the engine said it.
 *
 * @param message DuckDB's or Athena's
 */
export const advised = (message: string, tables: readonly string[]): string => {
  const name = unknownTable(message);
  if (name === undefined) return message;
  if (tables.length === 0) return `There is no table ${name}, and no other: npm start makes them.`;
  const near = nearest(name, tables);
  return `There is no table ${name}.${near ? ` Did you mean ${near}?` : ''} The tables are ${tables.join(', ')}.`;
};

/** The table that an engine says is not there; undefined when it says something else. */
export const unknownTable = (message: string): string | undefined =>
  /Table (?:with name )?['"]?(?:\w+\.)*(\w+)['"]? does not exist/i.exec(message)?.[1];

/** The candidate that is, or begins with, nearly the name; undefined when more than a third of it is wrong. */
export const nearest = (name: string, candidates: readonly string[]): string | undefined => {
  const typed = name.toLowerCase();
  const scored = candidates.map((candidate) => {
    const full = candidate.toLowerCase();
    const score = Math.min(distance(typed, full), 1 + distance(typed, full.slice(0, typed.length)));
    return [score, candidate] as const;
  });
  const [best] = scored.sort(([a], [b]) => a - b);
  const most = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  return best && best[0] <= most ? best[1] : undefined;
};

/** Levenshtein's: letters put in, taken out or replaced. */
const distance = (a: string, b: string): number => {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] as number) + (letter === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] as number) + 1, (current[column - 1] as number) + 1));
    }
    above = current;
  }
  return above[b.length] as number;
};
