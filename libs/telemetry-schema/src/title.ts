import * as z from 'zod';
import { count, id, text } from './fields.ts';
import { titleTypes } from './viewing-event.ts';

/** A row of `titles`. */
export const Title = z
  .object({
    title_id: id().describe('Unique title identifier'),
    title_name: text(256).describe('Name shown to viewers'),
    title_type: z.enum(titleTypes).describe('Kind of title: movie, series or documentary'),
    genre: text(64).describe('Primary genre'),
    duration_minutes: count(1, 24 * 60).describe('Running time in minutes; of one episode, for a series'),
    release_year: count(1888, 2100).describe('Year of first release'),
  })
  .describe('Content catalogue: movies, series and documentaries');
export type Title = z.output<typeof Title>;
