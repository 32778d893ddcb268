/** Counts by name, added name by name; a name that only one side has keeps its count. */
export const addCounts = <Name extends string>(
  one: Readonly<Record<Name, number>>,
  other: Readonly<Record<Name, number>>,
): Record<Name, number> => {
  const total: Record<Name, number> = { ...one };
  for (const name of Object.keys(other) as Name[]) total[name] = (total[name] ?? 0) + other[name];
  return total;
};
