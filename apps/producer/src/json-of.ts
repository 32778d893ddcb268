/**
 * The JSON text of a value that came as JSON, however deep it is nested. `JSON.stringify` recurses, and ends with a
 * RangeError at some thousand levels.
 */
export const jsonOf = (value: unknown): string => {
  const parts: string[] = [];
  /** What is still to be written, the next one last: a text as it is, or a value. */
  const left: (string | { readonly value: unknown })[] = [{ value }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') parts.push(next);
    else for (const piece of piecesOf(next.value).reverse()) left.push(piece);
  }
  return parts.join('');
};

/** A value as the texts and values that its own text is made of. */
const piecesOf = (value: unknown): (string | { readonly value: unknown })[] => {
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value) ?? 'null'];
  const isArray = Array.isArray(value);
  const entries = Object.entries(value).flatMap(([name, inner], index) => [
    `${index === 0 ? '' : ','}${isArray ? '' : `${JSON.stringify(name)}:`}`,
    { value: inner as unknown },
  ]);
  return isArray ? ['[', ...entries, ']'] : ['{', ...entries, '}'];
};
