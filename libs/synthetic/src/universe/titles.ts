import type { TitleType } from '@acme/telemetry-schema';
import { longestTitleMinutes } from '../viewing/limits.ts';
import { Random } from '../random.ts';
import { Weighted, zipfWeights } from '../weighted.ts';
import { purposes } from './purposes.ts';
import { genres, titleTypes } from './vocabulary.ts';

/** Titles as columns, by position from 0; type and genre are positions in the vocabulary's lists. */
export interface TitleColumns {
  readonly type: Uint8Array;
  readonly genre: Uint8Array;
  readonly minutes: Uint8Array;
  /** The positions of the titles, the most watched first. */
  readonly byRank: Uint16Array;
  /** Picks a rank (a position in `byRank`) as viewers do. */
  readonly popularity: Weighted;
}

const typeShares = new Weighted([50, 35, 15]);
/** Shortest and longest running time by type, minutes; of a series, one episode's. */
const runningTimes: Record<TitleType, readonly [number, number]> = {
  movie: [80, longestTitleMinutes],
  series: [20, 60],
  documentary: [40, 110],
};

export const drawTitles = (seed: number, count: number): TitleColumns => {
  const type = new Uint8Array(count);
  const genre = new Uint8Array(count);
  const minutes = new Uint8Array(count);
  const byRank = new Uint16Array(count);
  const random = new Random(seed, 0, purposes.titles);
  for (let index = 0; index < count; index++) {
    type[index] = typeShares.pick(random);
    genre[index] = random.below(genres.length);
    minutes[index] = random.between(...runningTimes[titleTypes[type[index]!]!]);
    // Fisher-Yates, inside out: the new title takes a random place among the ranks so far.
    const place = random.below(index + 1);
    byRank[index] = byRank[place]!;
    byRank[place] = index;
  }
  return { type, genre, minutes, byRank, popularity: new Weighted(zipfWeights(count)) };
};
