/** At most `limit` of the sorted `all` whose key is greater than `after`, and whether more follow. */
export const pageOf = <Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  after: string | undefined,
  limit: number,
): { readonly page: readonly Item[]; readonly more: boolean } => {
  const rest = after === undefined ? all : all.filter((item) => keyOf(item) > after);
  return { page: rest.slice(0, limit), more: rest.length > limit };
};
