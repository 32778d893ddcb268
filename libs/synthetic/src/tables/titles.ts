import type { Title } from '@acme/telemetry-schema';
import { titleId } from '../ids.ts';
import { Random } from '../random.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { genres, titleTypes } from '../universe/vocabulary.ts';
import { seededFaker } from './names.ts';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The rows of `titles`, in the order of their ids. `duration_minutes` is what their sessions are measured by. */
export const titles = ({ seed, sizes, titles: columns }: Universe): Title[] => {
  const faker = seededFaker(seed, purposes.titles);
  const random = new Random(seed, 0, purposes.releases);
  return Array.from({ length: sizes.titles }, (_, index) => ({
    title_id: titleId(index),
    title_name: `The ${capitalised(faker.word.adjective())} ${capitalised(faker.word.noun())}`,
    title_type: titleTypes[columns.type[index]!]!,
    genre: genres[columns.genre[index]!]!,
    duration_minutes: columns.minutes[index]!,
    release_year: random.between(1960, 2024),
  }));
};
