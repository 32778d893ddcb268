import { Weighted } from '../weighted.ts';
import { clickstreamTypes } from './vocabulary.ts';

/** What a visitor does next; `leave` is no event. */
export const [landing, browsing, product, click, addToCart, purchase, signup, error, leave] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const;

const typeNames = [
  'page_view',
  'page_view',
  'page_view',
  'click',
  'add_to_cart',
  'purchase',
  'user_signup',
  'error',
] as const;

/** The event that a step causes, as a position in `clickstreamTypes`. */
export const typeOf = Uint8Array.from(typeNames, (name) => clickstreamTypes.indexOf(name));

/**
 * How visitors go on after each step, in percent, in the order of the steps above. Only a title's page is added from,
 * only a cart is bought, and only who has just landed signs up.
 */
export const after: readonly Weighted[] = [
  new Weighted([0, 40, 15, 12, 0, 0, 5, 2, 26]),
  new Weighted([0, 22, 40, 12, 0, 0, 0, 2, 24]),
  new Weighted([0, 20, 15, 15, 22, 0, 0, 3, 25]),
  new Weighted([0, 40, 35, 0, 0, 0, 0, 4, 21]),
  new Weighted([0, 20, 15, 0, 0, 45, 0, 2, 18]),
  new Weighted([0, 15, 0, 0, 0, 0, 0, 0, 85]),
  new Weighted([0, 60, 20, 0, 0, 0, 0, 0, 20]),
  new Weighted([0, 50, 0, 0, 0, 0, 0, 0, 50]),
];
