import { customers } from './customers.ts';
import { pages } from './pages.ts';
import { titles } from './titles.ts';

export type { Dimension } from './dimension.ts';
export {
  freshUntilAttribute,
  type Item,
  itemOf,
  keyAttribute,
  lookupKey,
  type LookupRow,
  parseItem,
  type Row,
  Version,
  versionAttribute,
} from './item.ts';

/** What events are enriched with. A further source is a file beside these and its name here. */
export const dimensions = [customers, titles, pages] as const;

export type DimensionName = (typeof dimensions)[number]['name'];
