import { S3Error } from './fauxqs.ts';

/** What a listing was asked for, by the names of S3's query parameters. */
export type Query = Readonly<Record<string, unknown>>;

/** One page of a listing; what S3 lists in one are at most so many. */
export const largestPage = 1000;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly prefixes: readonly string[];
  /** What came last, when there is more: an item, or a prefix that some keys have in common. */
  readonly last?: Item | string;
}

interface Wanted<Item> {
  readonly query: Query;
  readonly max: number;
  readonly keyOf: (item: Item) => string;
  /** Whether an item came on a page before. A marker that is a common prefix stands for all that it begins. */
  readonly isBefore: (item: Item) => boolean;
  readonly marker: string;
}

/** One page of items that are in order; keys that have a prefix in common, up to a delimiter, count as one. */
export const pageOf = <Item>(ordered: readonly Item[], wanted: Wanted<Item>): Page<Item> => {
  const { query, max, keyOf, isBefore, marker } = wanted;
  const [prefix, delimiter] = [textOf(query, 'prefix'), textOf(query, 'delimiter')];
  const items: Item[] = [];
  const prefixes: string[] = [];
  if (max === 0) return { items, prefixes };
  let last: Item | string | undefined;
  for (const item of ordered) {
    const key = keyOf(item);
    if (!key.startsWith(prefix) || isBefore(item)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (common !== undefined && (common === marker || common === prefixes.at(-1))) continue;
    if (items.length + prefixes.length >= max && last !== undefined) return { items, prefixes, last };
    if (common === undefined) items.push(item);
    else prefixes.push(common);
    last = common ?? item;
  }
  return { items, prefixes };
};

/** A parameter of the query; empty where it is missing. @throws S3Error InvalidArgument when it is there twice */
export const textOf = (query: Query, name: string): string => {
  const value = query[name] ?? '';
  if (typeof value === 'string') return value;
  throw new S3Error('InvalidArgument', `${name} is given more than once`, 400);
};

/** @throws S3Error InvalidArgument for what is no number from 0 on */
export const numberOf = (query: Query, name: string, otherwise: number): number => {
  const text = textOf(query, name);
  if (text === '') return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new S3Error('InvalidArgument', `${name} must be a whole number from 0 on`, 400);
};

/** How many entries the page may have. @throws S3Error InvalidArgument */
export const limitOf = (query: Query, name: string): number =>
  Math.min(numberOf(query, name, largestPage), largestPage);

/** How the caller wants keys written: XML cannot hold all. @throws S3Error InvalidArgument */
export const keyWriter = (query: Query): ((key: string) => string) => {
  const type = textOf(query, 'encoding-type');
  if (type === '') return (key) => key;
  if (type === 'url') return (key) => encodeURIComponent(key).replaceAll('%2F', '/');
  throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', 400);
};

/** UTF-16 order is UTF-8 order but for surrogates, which are rare in keys. */
export const compareBytes = (a: string, b: string): number =>
  /[\ud800-\uffff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : a > b ? 1 : 0;
