import * as z from 'zod';
import { shapeReason } from './reason.ts';

/** An identifier: 1 to 64 of the characters that mean nothing special in a URL path, an S3 key or a log line. */
export const id = (): z.ZodString =>
  z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, underscores, colons or hyphens');

/** Text a person wrote or reads, 1 to `most` UTF-16 units long. */
export const text = (most: number): z.ZodString => z.string().min(1).max(most);

/** An instant in UTC, to the second or finer: `2026-11-21T09:30:00Z`, `2026-11-21T09:30:00.123Z`. */
export const instant = (): z.ZodISODateTime =>
  z.iso.datetime({ error: shapeReason('must be an ISO 8601 time in UTC, such as 2026-11-21T09:30:00Z') }).max(30);

/** A calendar day: `2026-11-21`. */
export const day = (): z.ZodISODate => z.iso.date({ error: shapeReason('must be a calendar day, such as 2026-11-21') });

/** A whole number from `least` to `most`; a column of it is an `int` when both fit 32 bits, else a `bigint`. */
export const count = (least: number, most: number = Number.MAX_SAFE_INTEGER): z.ZodInt => z.int().min(least).max(most);

/** An ISO 4217 code, checked by its shape alone: the list of currencies changes more often than this schema. */
export const currency = (): z.ZodString =>
  z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, an ISO 4217 currency such as USD');

/** A country by its ISO 3166-1 alpha-2 code, checked by its shape alone. */
export const country = (): z.ZodString =>
  z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters, an ISO 3166-1 country such as DE');

/** An email address. */
export const email = (): z.ZodEmail => z.email({ error: shapeReason('must be an email address') }).max(254);
