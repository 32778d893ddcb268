import { en, Faker } from '@faker-js/faker';

/** A source of English names that only the seed and the purpose decide; made new for each table. */
export const seededFaker = (seed: number, purpose: number): Faker => {
  const faker = new Faker({ locale: en });
  faker.seed([seed, purpose]);
  return faker;
};
