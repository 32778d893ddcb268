import { dimensions, type Item, itemOf } from '../dimensions/index.ts';
import type { BatchGet } from './batch-get.ts';
import type { Asked } from './known.ts';

export const [customers, titles, pages] = dimensions;

/** Rows that lookups of tests find: two customers, a title, a page. */
export const someItems = (): Map<string, Item> => {
  const customer = (customer_id: string, country: string) =>
    itemOf({
      key: customer_id,
      version: 3,
      row: { customer_id, subscription_tier: 'basic', country, is_active: true, signup_date: '2024-02-29' },
    });
  const title = {
    title_id: 'title-1',
    title_name: 'The Long Afternoon',
    title_type: 'movie',
    genre: 'drama',
    duration_minutes: 80,
    release_year: 2019,
  };
  return new Map([
    ['customers customer-1', customer('customer-1', 'DE')],
    ['customers user_1234', customer('user_1234', 'NZ')],
    ['titles title-1', itemOf({ key: 'title-1', version: 7, row: title })],
    ['pages /home', itemOf({ key: '/home', version: 1, row: { page_path: '/home', page_type: 'home' } })],
  ]);
};

/** Lookup tables that hold these items; `calls` says which keys each call asked for. */
export const tablesOf = (items: ReadonlyMap<string, Item>): { readonly get: BatchGet; readonly calls: string[][] } => {
  const calls: string[][] = [];
  const name = ({ dimension, key }: Asked) => `${dimension.name} ${key}`;
  return {
    calls,
    get: async (asked) => {
      calls.push(asked.map(name));
      return {
        items: asked.flatMap((one) => {
          const item = items.get(name(one));
          return item ? [{ ...one, item }] : [];
        }),
        left: [],
      };
    },
  };
};

export const patiently = { backoff: () => 0, wait: async () => undefined };
