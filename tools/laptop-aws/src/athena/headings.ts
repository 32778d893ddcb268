/** What stands above the columns of a result; Athena calls one without a name `_col0`, after its place. */
export const headingsOf = (parsed: unknown, names: readonly string[]): string[] => {
  const items = selectList((parsed as Parsed).statements?.[0]?.node);
  if (!items) return [...names];
  const stars = items.filter(isStar).length;
  if (stars > 1) return [...names];
  const widthOfStar = names.length - (items.length - stars);
  const unnamed = items.flatMap((item) =>
    isStar(item) ? Array.from({ length: widthOfStar }, () => item.class === 'VALUES') : [isUnnamed(item)],
  );
  return names.map((name, index) => (unnamed[index] ? `_col${index}` : name));
};

interface Parsed {
  readonly statements?: readonly { readonly node?: Node }[];
}

/** What DuckDB's json_serialize_sql tells of a query. */
interface Node {
  readonly left?: Node;
  readonly select_list?: readonly Item[];
  readonly from_table?: { readonly type?: string };
}

interface Item {
  readonly class: string;
  readonly alias: string;
}

/** Of a UNION and the like, the first query names the columns; VALUES names none. */
const selectList = (node: Node | undefined): readonly Item[] | undefined => {
  if (node?.left) return selectList(node.left);
  if (node?.from_table?.type === 'EXPRESSION_LIST')
    return node.select_list?.map((item) => (isStar(item) ? { ...item, class: 'VALUES' } : item));
  return node?.select_list;
};

const isStar = ({ class: kind }: Item): boolean => kind === 'STAR' || kind === 'VALUES';
const isUnnamed = ({ class: kind, alias }: Item): boolean => alias === '' && kind !== 'COLUMN_REF';
