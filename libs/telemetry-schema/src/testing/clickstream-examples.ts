import type { ClickstreamEventType } from '../clickstream-event.ts';
import { aClickstreamEvent } from './event-builders.ts';
import { fieldExamples, reasons, wholeExamples } from './example.ts';
import type { Example } from './example.ts';
import { accountIdExamples, idExamples, timeExamples } from './common-examples.ts';

type Of = ReturnType<typeof fieldExamples>;

const tooShort = 'must be at least 1 character long';

const examplesOf: { readonly [T in ClickstreamEventType]: (of: Of) => readonly Example[] } = {
  page_view: (of) => [
    of('pageUrl', 'is there', '/home', undefined, 'is missing'),
    of('pageUrl', 'is bounded', '/home', '/'.repeat(2049), 'must be at most 2048 characters long'),
    of('loadTime', 'may be left out but not be negative', undefined, -1, 'must be at least 0'),
    of('loadTime', 'is at most a day', 86_400_000, 86_400_001, 'must be at most 86400000'),
    of('sessionLength', 'is a number', 300.5, '300', 'must be a number, not a string'),
    of('sessionLength', 'is at most 30 days', 2_592_000, 2_592_001, 'must be at most 2592000'),
    of('pagesViewed', 'is whole', 3, 2.5, 'must be a whole number, not a fraction'),
    of('pagesViewed', 'is bounded', 1_000_000, 1_000_001, 'must be at most 1000000'),
  ],
  purchase: (of) => [
    of('amount', 'is there', 0, undefined, 'is missing'),
    of('amount', 'is not negative', 0, -0.01, 'must be at least 0'),
    of('amount', 'is bounded', 1_000_000_000, 1_000_000_001, 'must be at most 1000000000'),
    of('amount', 'is finite', 99.99, Infinity, 'must be a finite number'),
    of('currency', 'is there', 'EUR', undefined, 'is missing'),
    of('currency', 'is three capital letters', 'EUR', 'euro', reasons.currency),
    of('itemsCount', 'is not negative', 0, -2, 'must be at least 0'),
    of('paymentMethod', 'may be left out but not be empty', undefined, '', tooShort),
  ],
  user_signup: (of) => [
    of('signupMethod', 'is there', 'email', undefined, 'is missing'),
    of('signupMethod', 'is bounded', 'email', 'x'.repeat(65), 'must be at most 64 characters long'),
    of('campaignSource', 'may be left out but not be empty', undefined, '', tooShort),
    of('marketingConsent', 'is a boolean', false, 'yes', 'must be a boolean, not a string'),
  ],
  click: (of) => [
    of('elementId', 'is there', 'cta-button', undefined, 'is missing'),
    of('elementType', 'may be left out but not be nested', undefined, {}, 'must be a string, not an object'),
    of('pageUrl', 'may be left out but not be empty', undefined, '', tooShort),
  ],
  error: (of) => [
    of('errorType', 'is there', 'javascript', undefined, 'is missing'),
    of('errorMessage', 'is there', 'No such page', undefined, 'is missing'),
    of('errorMessage', 'is bounded', 'é'.repeat(4096), 'é'.repeat(4097), 'must be at most 4096 characters long'),
    of('pageUrl', 'may be left out but not be a number', undefined, 404, 'must be a string, not a number'),
  ],
  add_to_cart: (of) => [
    of('productId', 'is there', 'abc123', undefined, 'is missing'),
    of('productId', 'has safe characters only', 'abc123', 'abc/123', reasons.id),
    of('quantity', 'is at least one', undefined, 0, 'must be at least 1'),
    of('amount', 'may be left out but not be negative', undefined, -1, 'must be at least 0'),
    of('currency', 'may be left out but not be lower case', undefined, 'usd', reasons.currency),
  ],
};

const everyType = Object.keys(examplesOf) as readonly ClickstreamEventType[];
const of = fieldExamples(aClickstreamEvent('click'));

/** Every rule of a clickstream event. */
export const clickstreamExamples: readonly Example[] = [
  ...wholeExamples(aClickstreamEvent('click'), '(event)'),
  ...idExamples(of, 'eventId'),
  ...accountIdExamples(of, 'userId'),
  ...timeExamples(of, 'timestamp'),
  of('eventType', 'is there', 'click', undefined, `must be one of ${everyType.join(', ')}`),
  of('eventType', 'is a known one', 'click', 'hover', `must be one of ${everyType.join(', ')}`),
  of('sessionId', 'may be left out but not be wrong', undefined, 'a b', reasons.id),
  of(
    'deviceType',
    'may be left out but is a known one',
    undefined,
    'x',
    'must be one of desktop, mobile, web, tv, tablet',
  ),
  of('region', 'may be left out but not be empty', undefined, '', tooShort),
  ...everyType.flatMap((type) =>
    examplesOf[type](fieldExamples(aClickstreamEvent(type))).map((example) => ({
      ...example,
      rule: `${type}: ${example.rule}`,
    })),
  ),
];
