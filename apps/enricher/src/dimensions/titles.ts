import { Title } from '@acme/telemetry-schema';
import { dimension, rowOf } from './dimension.ts';
import { pagePathOf } from './page-path.ts';

/** The page of a title names it: `/title/ttl-0001`. */
const titlePage = /^\/title\/([A-Za-z0-9._:-]{1,64})$/;

/** What it was about: the title that was watched, put in the cart, or whose page it happened on. */
export const titles = dimension({
  name: 'titles',
  tableName: 'enricher-titles',
  row: rowOf(Title.shape),
  key: 'title_id',
  keyOf: (event) => event.product_id ?? event.title_id ?? titlePage.exec(pagePathOf(event) ?? '')?.[1],
  columns: {
    title_id: 'title_id',
    title_name: 'title_name',
    title_type: 'title_type',
    title_genre: 'genre',
    title_duration_minutes: 'duration_minutes',
    title_release_year: 'release_year',
  },
});
