import { Title } from '@acme/telemetry-schema';
import * as z from 'zod';
import { dimension, rowOf } from './dimension.ts';
import { longestPath, pagePathOf } from './page-path.ts';

const path = z
  .string()
  .max(longestPath)
  .regex(/^\/[^?#\s]*$/, 'must be a path without query and fragment, such as /home');

/** Where it happened: a page of the site, and the product that it sells. */
export const pages = dimension({
  name: 'pages',
  tableName: 'enricher-pages',
  row: rowOf({
    page_path: path.describe('Path of the page, without host, query and fragment'),
    page_type: z.enum(['home', 'search', 'signup', 'checkout', 'browse', 'product']).describe('Kind of page'),
    genre: Title.shape.genre.optional().describe('Genre that the page shows'),
    product_id: Title.shape.title_id.optional().describe('Product that the page sells'),
    list_price_usd: z
      .number()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('Price of the product before discounts, US dollars'),
  }),
  key: 'page_path',
  keyOf: pagePathOf,
  columns: {
    page_type: 'page_type',
    page_genre: 'genre',
    page_product_id: 'product_id',
    page_list_price_usd: 'list_price_usd',
  },
});
