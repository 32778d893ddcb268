import type { ClickstreamEventType } from '@acme/telemetry-schema';
import type { Universe } from '../universe/universe.ts';
import { named } from '../viewing/tally.ts';
import type { ClickBlock } from './block.ts';
import { pageUrl } from './pages.ts';
import { currencies } from './prices.ts';
import { product, purchase, typeOf } from './steps.ts';
import { clickstreamDevices, clickstreamTypes, sitePages } from './vocabulary.ts';

/** The devices that synthetic visitors have. */
export type VisitDevice = (typeof clickstreamDevices)[number];

/** What exactly is in a range of clickstream events. Types and devices are all named, the others where they occur. */
export interface ClickstreamKey {
  readonly events: number;
  readonly byType: Readonly<Record<ClickstreamEventType, number>>;
  readonly byDevice: Readonly<Record<VisitDevice, number>>;
  /** Page views. */
  readonly byPage: Readonly<Record<string, number>>;
  readonly purchasesByCurrency: Readonly<Record<string, number>>;
  /** In hundredths of the currency, so that sums are whole numbers. */
  readonly revenueByCurrency: Readonly<Record<string, number>>;
}

/** Counts clickstream events into an answer key. */
export class ClickTally {
  readonly #byType = new Float64Array(clickstreamTypes.length);
  readonly #byDevice = new Float64Array(clickstreamDevices.length);
  readonly #byPage: Float64Array;
  readonly #purchases = new Float64Array(currencies.length);
  readonly #revenue = new Float64Array(currencies.length);

  constructor({ sizes }: Universe) {
    this.#byPage = new Float64Array(sitePages.length + sizes.titles);
  }

  /** Counts the event at one position of a block's time order. */
  addEvent(block: ClickBlock, position: number): void {
    const place = block.timeline[position]! & 255;
    const step = block.step[place]!;
    const visit = block.visit[place]!;
    this.#byType[typeOf[step]!]! += 1;
    this.#byDevice[block.device[visit]!]! += 1;
    if (step <= product) this.#byPage[block.page[place]!]! += 1;
    if (step !== purchase) return;
    this.#purchases[block.currency[visit]!]! += 1;
    this.#revenue[block.currency[visit]!]! += block.amount[place]!;
  }

  key(): ClickstreamKey {
    return {
      events: this.#byType.reduce((sum, count) => sum + count),
      byType: named(clickstreamTypes, this.#byType),
      byDevice: named(clickstreamDevices, this.#byDevice),
      byPage: occurring(pageUrl, this.#byPage),
      purchasesByCurrency: occurring((currency) => currencies[currency]!, this.#purchases),
      revenueByCurrency: occurring((currency) => currencies[currency]!, this.#revenue),
    };
  }
}

const occurring = (nameOf: (index: number) => string, counts: Float64Array): Record<string, number> => {
  const all: Record<string, number> = {};
  counts.forEach((count, index) => {
    if (count > 0) all[nameOf(index)] = count;
  });
  return all;
};
