export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** What names a metric. The order of its dimensions says nothing. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
}

/** The same text for the same metric. */
export const keyOf = ({ namespace, name, dimensions }: Metric): string => {
  let key = `${namespace}\0${name}`;
  for (const { Name, Value } of sorted(dimensions)) key += `\0${Name}\0${Value}`;
  return key;
};

/** By name, as two sets of the same dimensions have to look alike. */
export const sorted = (dimensions: readonly Dimension[]): readonly Dimension[] =>
  dimensions.length < 2 ? dimensions : [...dimensions].sort((a, b) => (a.Name < b.Name ? -1 : 1));

/** A metric of the laptop's own, with no or one dimension. */
export const metric = (namespace: string, name: string, dimension?: string, value = ''): Metric => ({
  namespace,
  name,
  dimensions: dimension === undefined ? [] : [{ Name: dimension, Value: value }],
});
