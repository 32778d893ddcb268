import { countries } from '../universe/vocabulary.ts';

type Country = (typeof countries)[number];

/** ISO 4217. */
export const currencies = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'BRL', 'INR', 'JPY', 'MXN'] as const;
export type Currency = (typeof currencies)[number];

const currencyOf: Readonly<Record<Country, Currency>> = {
  US: 'USD',
  GB: 'GBP',
  DE: 'EUR',
  CA: 'CAD',
  BR: 'BRL',
  IN: 'INR',
  FR: 'EUR',
  JP: 'JPY',
  AU: 'AUD',
  MX: 'MXN',
  ES: 'EUR',
  NL: 'EUR',
};

/** By country, as a position in `currencies`. */
export const currencyIn = Uint8Array.from(countries, (country) => currencies.indexOf(currencyOf[country]));

/** What titles cost in hundredths of a dollar, and how many units of a currency stand for a dollar. */
const dollars = [299, 399, 499, 799, 999, 1299, 1499, 1999] as const;
const unitsPerDollar: Readonly<Record<Currency, number>> = {
  USD: 1,
  EUR: 1,
  GBP: 1,
  CAD: 1,
  AUD: 2,
  BRL: 5,
  INR: 80,
  JPY: 150,
  MXN: 18,
};

/** What a title costs, in hundredths of the currency: whole units where there are many to a dollar. */
export const priceOf = (title: number, currency: number): number => {
  const units = unitsPerDollar[currencies[currency]!];
  const hundredths = dollars[title % dollars.length]! * units;
  return units < 10 ? hundredths : Math.floor(hundredths / 100) * 100;
};
