import { element } from '../../aws/query-service.ts';

type Tree = { [key: string]: Tree | string };

/** A form's parameters as nested input: `Dimensions.member.1.Name=x` is the Name of the first of Dimensions. */
export const fromForm = (form: URLSearchParams): unknown => {
  const root: Tree = Object.create(null) as Tree;
  for (const [path, value] of form) {
    const parts = path.split('.');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      const next = at[part];
      at = typeof next === 'object' ? next : (at[part] = Object.create(null) as Tree);
    }
    at[parts.at(-1) as string] = value;
  }
  return withLists(root);
};

/** Lists are sent as `<name>.member.<number>`. */
const withLists = (tree: Tree | string): unknown => {
  if (typeof tree === 'string') return tree;
  const { member } = tree;
  if (typeof member === 'object' && Object.keys(tree).length === 1) {
    const numbers = Object.keys(member).sort((a, b) => Number(a) - Number(b));
    return numbers.map((number) => withLists(member[number] as Tree | string));
  }
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, withLists(value)]));
};

/** An output's members as XML, lists as `<member>`s. Maps of statistics are entries of key and value. */
export const xmlOf = (output: object): string =>
  Object.entries(output)
    .map(([name, value]) => (name === 'ExtendedStatistics' ? entries(name, value as object) : member(name, value)))
    .join('');

const member = (name: string, value: unknown): string => {
  if (value === undefined) return '';
  if (value instanceof Date) return element(name, value.toISOString());
  if (Array.isArray(value)) return `<${name}>${value.map((each) => member('member', each)).join('')}</${name}>`;
  if (typeof value === 'object' && value !== null) return `<${name}>${xmlOf(value)}</${name}>`;
  return element(name, String(value));
};

const entries = (name: string, map: object): string => {
  const inner = Object.entries(map).map(
    ([key, value]) => `<entry>${element('key', key)}${element('value', String(value))}</entry>`,
  );
  return `<${name}>${inner.join('')}</${name}>`;
};
