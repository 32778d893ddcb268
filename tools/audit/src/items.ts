import { minorDigits } from '@acme/telemetry-schema';
import type { Database } from './database.ts';
import type { TableSink } from './sinks.ts';
import type { Item, Tables } from './tables.ts';
import type { Window } from './window.ts';

/** More ids than these are not asked for one by one: reading the whole table is then faster, and costs less. */
const mostIds = 20_000;

/**
 * What counters depend on, of an item of `analytics-results`; in a table of texts. Of a purchase: its currency, how many
 * digits that one's minor unit has if it is known, and the amount as it was sent.
 */
export const itemColumns = ['instant', 'type', 'device', 'page', 'load_ms', 'currency', 'digits', 'amount'] as const;

/**
 * Loads the items of a sink that may hold events of the window, once its `good_ids` are there: all of them, or those of
 * these ids.
 *
 * @returns the table that they are in; its first column is called as the sink's id is
 */
export const loadItems = async (
  database: Database,
  tables: Tables,
  { table, id }: TableSink,
  { fromMs, toMs }: Window,
): Promise<string> => {
  const isWhole = fromMs === undefined && toMs === undefined;
  const asked = isWhole
    ? []
    : await database.rows<{ id: string }>(`SELECT DISTINCT id FROM good_ids LIMIT ${mostIds + 1}`);
  await database.fill('items', [`"${id}"`, ...itemColumns], (add) => {
    const take = (item: Item): void => add([item[id]?.S, ...valuesOf(item)]);
    return isWhole || asked.length > mostIds
      ? tables.scan(table, take)
      : tables.query(
          table,
          id,
          asked.map((each) => each.id),
          take,
        );
  });
  return 'items';
};

const valuesOf = ({ timestamp, eventType, deviceType, metrics }: Item): (string | undefined)[] => {
  const { page, loadTime, currency, amount } = metrics?.M ?? {};
  const isPurchase = eventType?.S === 'purchase';
  return [
    timestamp?.S,
    eventType?.S,
    deviceType?.S,
    page?.S,
    loadTime?.N === undefined ? undefined : String(Math.round(Number(loadTime.N))),
    isPurchase ? currency?.S : undefined,
    isPurchase ? minorDigits(currency?.S ?? '')?.toString() : undefined,
    isPurchase ? amount?.N : undefined,
  ];
};
