import { LineHead, writeNumber } from '../line-head.ts';
import type { Universe } from '../universe/universe.ts';
import { eventsPerBlock } from '../viewing/limits.ts';
import { checkedRange, eachBlock } from '../viewing/range.ts';
import { windowStart } from '../viewing/window.ts';
import { emptyClickBlock, fillClickBlock } from './block.ts';
import type { ClickstreamRange } from './events.ts';
import { visitWindowMs } from './limits.ts';
import { titleOfPage } from './pages.ts';
import { addToCart, click, error, product, purchase, signup, typeOf } from './steps.ts';
import * as tails from './tails.ts';
import { sitePages } from './vocabulary.ts';
import { VisitTexts } from './visit-texts.ts';

const headNames = { prefix: 'ec', id: 'eventId', time: 'timestamp' } as const;
const zero = 0x30;

/** More bytes than the longest line takes with its line feed: 324. */
export const lineRoom = 352;

/**
 * Encodes a range as newline-delimited JSON, block by block: the bytes that JSON.stringify makes of `clickstreamEvents`,
 * made several times faster.
 *
 * @param visit takes the lines of a block, and where each of them ends (behind its line feed); both only until it returns
 */
export const eachEncodedClickBlock = (
  universe: Universe,
  range: ClickstreamRange,
  visit: (lines: Buffer, ends: Uint32Array) => void,
): void => {
  const head = new LineHead(headNames, universe.seed, checkedRange(range).from);
  const texts = new VisitTexts(universe);
  const block = emptyClickBlock();
  const lines = Buffer.allocUnsafe(eventsPerBlock * lineRoom);
  const ends = new Uint32Array(eventsPerBlock);
  let at = 0;

  const copy = (bytes: Uint8Array): void => {
    lines.set(bytes, at);
    at += bytes.length;
  };
  const count = (value: number): void => {
    at = writeNumber(lines, at, value);
  };
  /** A title's number, in the four digits of its id. */
  const title = (page: number): void => {
    const number = titleOfPage(page) + 1;
    lines[at++] = zero + ((number / 1000) | 0);
    lines[at++] = zero + (((number / 100) | 0) % 10);
    lines[at++] = zero + (((number / 10) | 0) % 10);
    lines[at++] = zero + (number % 10);
  };
  const pageUrl = (page: number): void => {
    copy(tails.page.before);
    if (page < sitePages.length) return copy(tails.page.ofSite[page]!);
    copy(tails.page.title);
    title(page);
  };
  /** Hundredths as a decimal number without zeros at its end, as JSON.stringify writes it. */
  const amount = (hundredths: number): void => {
    count((hundredths / 100) | 0);
    const rest = hundredths % 100;
    if (rest === 0) return;
    lines[at++] = 0x2e;
    lines[at++] = zero + ((rest / 10) | 0);
    if (rest % 10 !== 0) lines[at++] = zero + (rest % 10);
  };

  const tail = (place: number, visitOf: number): void => {
    const step = block.step[place]!;
    const page = block.page[place]!;
    const choice = block.choice[place]!;
    if (step <= product) {
      pageUrl(page);
      copy(tails.page.loadTime);
      count(block.amount[place]!);
      copy(tails.page.sessionLength);
      count(block.seconds[place]!);
      copy(tails.page.pagesViewed);
      count(block.count[place]!);
      copy(tails.endOfNumber);
    } else if (step === click || step === error) {
      copy((step === click ? tails.clickTexts : tails.errorTexts)[choice]!);
      pageUrl(page);
      copy(tails.endOfText);
    } else if (step === addToCart) {
      copy(tails.cart.product);
      title(page);
      copy(tails.cart.quantity);
      amount(block.amount[place]!);
      copy(tails.currencyEnds[block.currency[visitOf]!]!);
    } else if (step === purchase) {
      copy(tails.amount);
      amount(block.amount[place]!);
      copy(tails.currencyThenItems[block.currency[visitOf]!]!);
      count(block.count[place]!);
      copy(tails.paymentEnds[choice]!);
    } else if (step === signup) copy(tails.signupTexts[block.source[visitOf]!]![choice]!);
  };

  eachBlock(range, (number, first, end) => {
    fillClickBlock(universe, number, block);
    texts.encode(number, block);
    const startMs = windowStart(range.clock, number, visitWindowMs);
    at = 0;
    for (let position = first; position < end; position++) {
      const entry = block.timeline[position]!;
      const place = entry & 255;
      const visitOf = block.visit[place]!;
      head.setTime(startMs + (entry >>> 8));
      copy(head.bytes);
      copy(tails.typeTexts[typeOf[block.step[place]!]!]!);
      copy(texts.of[visitOf]!);
      tail(place, visitOf);
      ends[position - first] = at;
      head.next();
    }
    visit(lines.subarray(0, at), ends.subarray(0, end - first));
  });
};
