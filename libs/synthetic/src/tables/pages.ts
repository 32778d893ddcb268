import { titleId } from '../ids.ts';
import { checkout, home, pageOfTitle, pageUrl, search, signupPage } from '../clickstream/pages.ts';
import { currencies, priceOf } from '../clickstream/prices.ts';
import { sitePages } from '../clickstream/vocabulary.ts';
import type { Universe } from '../universe/universe.ts';
import { genres } from '../universe/vocabulary.ts';

/** A page of the web shop; a product's page says what it sells. */
export interface Page {
  readonly page_path: string;
  readonly page_type: 'home' | 'search' | 'signup' | 'checkout' | 'browse' | 'product';
  /** Of a page that shows titles of one genre, and of a product's page. */
  readonly genre?: (typeof genres)[number];
  readonly product_id?: string;
  /** In US dollars; a purchase in another currency pays as many units of it as stand for them. */
  readonly list_price_usd?: number;
}

const types = new Map<number, Page['page_type']>([
  [home, 'home'],
  [search, 'search'],
  [signupPage, 'signup'],
  [checkout, 'checkout'],
]);
const firstBrowsePage = sitePages.length - genres.length;
const usd = currencies.indexOf('USD');

/** The pages that the clickstream of a universe happens on: those of the site, then one for each title. */
export const pages = ({ sizes, titles }: Universe): Page[] => [
  ...sitePages.map((page_path, page): Page => {
    const page_type = types.get(page);
    return page_type
      ? { page_path, page_type }
      : { page_path, page_type: 'browse', genre: genres[page - firstBrowsePage]! };
  }),
  ...Array.from({ length: sizes.titles }, (_, title): Page => ({
    page_path: pageUrl(pageOfTitle(title)),
    page_type: 'product',
    genre: genres[titles.genre[title]!]!,
    product_id: titleId(title),
    list_price_usd: priceOf(title, usd) / 100,
  })),
];
