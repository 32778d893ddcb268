import { Random } from '../random.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { eventsPerBlock } from '../viewing/limits.ts';
import { Weighted } from '../weighted.ts';
import { longestGapMs, longestVisit, visitsPerBlock, visitWindowMs } from './limits.ts';
import { checkout, home, pageOfTitle, pickBrowsePage, signupPage, titleOfPage } from './pages.ts';
import { currencyIn, priceOf } from './prices.ts';
import { addToCart, after, browsing, click, error, landing, leave, product, purchase, signup } from './steps.ts';
import { elements, signupMethods } from './vocabulary.ts';

/** One block's visits and events. Events are in the order of their making; `timeline` puts them in time order. */
export interface ClickBlock {
  visits: number;
  /** By visit: positions in the universe's and the vocabulary's lists. */
  readonly customer: Uint32Array;
  readonly device: Uint8Array;
  readonly source: Uint8Array;
  readonly currency: Uint8Array;
  /** By event. */
  readonly visit: Uint8Array;
  readonly step: Uint8Array;
  readonly page: Uint16Array;
  /** Milliseconds that the page took to load, or hundredths of the visit's currency. */
  readonly amount: Uint32Array;
  /** Pages seen or items bought. */
  readonly count: Uint8Array;
  /** Which element, error, way of payment or, with the consent as its lowest bit, of signing up. */
  readonly choice: Uint8Array;
  /** Since the visit began. */
  readonly seconds: Uint16Array;
  /** In time order: milliseconds into the window (24 bits), then the event's place in the columns above (8 bits). */
  readonly timeline: Uint32Array;
}

export const emptyClickBlock = (): ClickBlock => ({
  visits: 0,
  customer: new Uint32Array(visitsPerBlock),
  device: new Uint8Array(visitsPerBlock),
  source: new Uint8Array(visitsPerBlock),
  currency: new Uint8Array(visitsPerBlock),
  visit: new Uint8Array(eventsPerBlock),
  step: new Uint8Array(eventsPerBlock),
  page: new Uint16Array(eventsPerBlock),
  amount: new Uint32Array(eventsPerBlock),
  count: new Uint8Array(eventsPerBlock),
  choice: new Uint8Array(eventsPerBlock),
  seconds: new Uint16Array(eventsPerBlock),
  timeline: new Uint32Array(eventsPerBlock),
});

const deviceShares = new Weighted([42, 36, 12, 4, 6]);
const sourceShares = new Weighted([40, 25, 12, 10, 8, 5]);
const paymentShares = new Weighted([60, 25, 10, 5]);
const errorShares = new Weighted([50, 25, 15, 10]);
const shortestLoadMs = 80;
const longestLoadMs = 9_000;
const shortestGapMs = 1_000;

/** The smallest of three draws: pages are mostly quick. */
const loadTime = (random: Random): number =>
  Math.min(
    random.between(shortestLoadMs, longestLoadMs),
    random.between(shortestLoadMs, longestLoadMs),
    random.between(shortestLoadMs, longestLoadMs),
  );

/** Fills the block, whatever it held before, with the visits of one block; the last ends where the block is full. */
export const fillClickBlock = (universe: Universe, number: number, block: ClickBlock): void => {
  const { customers, titles } = universe;
  const { timeline } = block;
  const random = new Random(universe.seed, number, purposes.visits);
  let event = 0;
  let visit = 0;
  for (; event < eventsPerBlock; visit++) {
    const customer = customers.watchers[random.below(customers.watchers.length)]!;
    const currency = currencyIn[customers.country[customer]!]!;
    block.customer[visit] = customer;
    block.device[visit] = deviceShares.pick(random);
    block.source[visit] = sourceShares.pick(random);
    block.currency[visit] = currency;

    const first = event;
    const end = Math.min(eventsPerBlock, first + longestVisit);
    let atMs = 0;
    let lastMs = 0;
    let page: number = home;
    let pages = 0;
    let items = 0;
    let cart = 0;
    for (let step: number = landing; step !== leave && event < end; step = after[step]!.pick(random)) {
      let amount = 0;
      let count = 0;
      let choice = 0;
      if (step <= product) {
        if (step === browsing) page = pickBrowsePage(random);
        else if (step === product) page = pageOfTitle(titles.byRank[titles.popularity.pick(random)]!);
        amount = loadTime(random);
        count = pages += 1;
      } else if (step === click) choice = random.below(elements.length);
      else if (step === error) choice = errorShares.pick(random);
      else if (step === addToCart) {
        amount = priceOf(titleOfPage(page), currency);
        cart += amount;
        items += 1;
      } else if (step === purchase) {
        page = checkout;
        amount = cart;
        count = items;
        choice = paymentShares.pick(random);
        cart = items = 0;
      } else if (step === signup) {
        page = signupPage;
        choice = random.below(signupMethods.length * 2);
      }
      block.visit[event] = visit;
      block.step[event] = step;
      block.page[event] = page;
      block.amount[event] = amount;
      block.count[event] = count;
      block.choice[event] = choice;
      block.seconds[event] = Math.floor(atMs / 1000);
      timeline[event] = lastMs = atMs;
      event++;
      atMs += Math.min(random.between(shortestGapMs, longestGapMs), random.between(shortestGapMs, longestGapMs));
    }
    const startMs = random.between(0, visitWindowMs - lastMs);
    for (let index = first; index < event; index++) timeline[index] = (startMs + timeline[index]!) * 256 + index;
  }
  block.visits = visit;
  timeline.sort();
};
