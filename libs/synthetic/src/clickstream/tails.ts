import { currencies } from './prices.ts';
import {
  campaignSources,
  clickstreamTypes,
  elements,
  errors,
  paymentMethods,
  signupMethods,
  sitePages,
} from './vocabulary.ts';

// What lines end with, encoded once for all: the parts between the numbers and pages that differ from event to event.
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const inner = (fields: object): string => JSON.stringify(fields).slice(1, -1);

export const typeTexts = clickstreamTypes.map((type) => ascii(`","eventType":"${type}","userId":"`));

export const page = {
  before: ascii(',"pageUrl":"'),
  ofSite: sitePages.map(ascii),
  title: ascii('/title/ttl-'),
  loadTime: ascii('","loadTime":'),
  sessionLength: ascii(',"sessionLength":'),
  pagesViewed: ascii(',"pagesViewed":'),
};
export const endOfNumber = ascii('}\n');
export const endOfText = ascii('"}\n');

export const cart = { product: ascii(',"productId":"ttl-'), quantity: ascii('","quantity":1,"amount":') };
export const amount = ascii(',"amount":');
export const currencyEnds = currencies.map((currency) => ascii(`,"currency":"${currency}"}\n`));
export const currencyThenItems = currencies.map((currency) => ascii(`,"currency":"${currency}","itemsCount":`));
export const paymentEnds = paymentMethods.map((paymentMethod) => ascii(`,${inner({ paymentMethod })}}\n`));

export const clickTexts = elements.map((element) => ascii(`,${inner(element)}`));
export const errorTexts = errors.map((error) => ascii(`,${inner(error)}`));

/** By source, then by choice. */
export const signupTexts = campaignSources.map((campaignSource) =>
  signupMethods.flatMap((signupMethod) =>
    [false, true].map((marketingConsent) => ascii(`,${inner({ signupMethod, campaignSource, marketingConsent })}}\n`)),
  ),
);
