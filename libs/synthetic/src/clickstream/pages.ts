import { titleId } from '../ids.ts';
import type { Random } from '../random.ts';
import { genres } from '../universe/vocabulary.ts';
import { sitePages } from './vocabulary.ts';

/** Positions in `sitePages`. */
export const [home, search, signupPage, checkout] = [0, 1, 2, 3] as const;

/** Search or a genre: a page that leads to titles. */
export const pickBrowsePage = (random: Random): number => {
  const drawn = random.below(genres.length + 1);
  return drawn === genres.length ? search : sitePages.length - genres.length + drawn;
};

/** Pages by number: those of the site, then one for each title. */
export const pageOfTitle = (title: number): number => sitePages.length + title;
export const titleOfPage = (page: number): number => page - sitePages.length;

export const pageUrl = (page: number): string => sitePages[page] ?? `/title/${titleId(titleOfPage(page))}`;
