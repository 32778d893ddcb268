/**
 * The ids with each one after all that it depends on, otherwise in the order given.
 *
 * @param dependenciesOf ids of the same list
 * @throws CycleError when some depend on each other in a ring
 */
export const inOrder = (
  ids: readonly string[],
  dependenciesOf: (id: string) => Iterable<string>,
): readonly string[] => {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (done.has(id)) return;
    if (path.includes(id)) throw new CycleError([...path.slice(path.indexOf(id)), id]);
    for (const dependency of dependenciesOf(id)) visit(dependency, [...path, id]);
    done.add(id);
  };
  for (const id of ids) visit(id, []);
  return [...done];
};

/** Things that wait for each other; `ring` starts and ends with the same one. */
export class CycleError extends Error {
  override readonly name = 'CycleError';
  readonly ring: readonly string[];

  constructor(ring: readonly string[]) {
    super(`these need each other, so none can come first: ${ring.join(' -> ')}`);
    this.ring = ring;
  }
}
