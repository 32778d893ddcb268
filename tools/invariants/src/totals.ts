import type { Family } from '@acme/telemetry-schema';
import { itemsOf, type Lake } from './lake.ts';
import type { Lines } from './lines.ts';

/** Sums by what they are of, in figures; what comes to nothing is left out. */
export type Totals = Readonly<Record<string, string>>;

/** What analytics counts, of all hours and of all minutes: by type, device and currency, and pages by their views. */
export const analyticsTotals = async (lake: Lake): Promise<Totals> => {
  const sums = new Map<string, bigint>();
  for (const { window, subject, expiresAt: _, ...counters } of await itemsOf(lake, 'analytics-aggregates')) {
    for (const [name, { N = '0' }] of Object.entries(counters)) {
      // A page's minutes lie in the item of its hour.
      const [, counter = name] = /^\d\d\|(.*)$/.exec(name) ?? [];
      const per = counter === name ? window?.S?.split('#')[0] : 'minute';
      if (counter === 'loads' || counter === 'loadTimeMs') continue;
      if (subject?.S !== 'all' && counter !== 'type#page_view') continue;
      const total = `${subject?.S} ${counter} per ${per}`;
      sums.set(total, (sums.get(total) ?? 0n) + BigInt(N));
    }
  }
  return inFigures(sums);
};

/** The same, as the answer key of the clickstream says it. */
export const keyTotals = ({ clickstream }: Readonly<Record<Family, Lines>>): Totals => {
  const { events, byType, byDevice, byPage, purchasesByCurrency, revenueByCurrency } = clickstream.clicks.land;
  const sums = new Map<string, bigint>();
  const add = (subject: string, prefix: string, counts: Readonly<Record<string, number>>): void => {
    for (const [name, count] of Object.entries(counts))
      for (const per of ['minute', 'hour']) sums.set(`${subject} ${prefix}${name} per ${per}`, BigInt(count));
  };
  add('all', '', { events });
  add('all', 'type#', byType);
  add('all', 'device#', byDevice);
  add('all', 'purchases#', purchasesByCurrency);
  // The key is in hundredths; a yen has none.
  const { JPY = 0 } = revenueByCurrency;
  add('all', 'revenue#', { ...revenueByCurrency, JPY: JPY / 100 });
  for (const [page, views] of Object.entries(byPage)) add(`page#${page}`, 'type#', { page_view: views });
  return inFigures(sums);
};

const inFigures = (sums: ReadonlyMap<string, bigint>): Totals =>
  Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).map(([name, sum]) => [name, String(sum)]));
