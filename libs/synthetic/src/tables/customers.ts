import type { Customer } from '@acme/telemetry-schema';
import { customerId } from '../ids.ts';
import { Random } from '../random.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { countries, genres, tiers } from '../universe/vocabulary.ts';
import { seededFaker } from './names.ts';
import { dayOf } from './day.ts';

/** Domains that nobody can own (RFC 2606): no mail reaches anybody. */
const domains = ['example.com', 'example.net', 'example.org'] as const;

const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** The rows of `customers`, in the order of their ids. Sign-ups lie in the years 2015 to 2024. */
export const customers = ({ seed, sizes, customers: columns }: Universe): Customer[] => {
  const faker = seededFaker(seed, purposes.customers);
  const random = new Random(seed, 0, purposes.signups);
  return Array.from({ length: sizes.customers }, (_, index) => ({
    customer_id: customerId(index),
    email:
      `${lettersOf(faker.person.firstName())}.${lettersOf(faker.person.lastName())}.${index + 1}` +
      `@${domains[random.below(domains.length)]!}`,
    subscription_tier: tiers[columns.tier[index]!]!,
    country: countries[columns.country[index]!]!,
    is_active: columns.active[index] === 1,
    preferred_genres: genres.filter((_genre, place) => (columns.genres[index]! >> place) & 1),
    signup_date: dayOf(random, '2015-01-01', '2024-12-31'),
  }));
};
