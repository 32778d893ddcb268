import * as z from 'zod';
import { shapeReason } from './reason.ts';

/** An identifier: 1 to 64 of the characters that mean nothing special in a URL path, an S3 key or a log line. */
export const id = (): z.ZodString =>
  z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, underscores, colons or hyphens');

/**
 * The id of a person, as sign-in services give it: `auth0|5f7c`, an e-mail address, base64. 1 to 254 characters, as long
 * as an address may be (RFC 5321, section 4.5.3.1.3, less its brackets). Still refused is what CSV, SQL or a log line
 * would need quotes for (blanks, quotes, commas, semicolons, backslashes, controls), what a URL reads as its own
 * (`? # % &`), and letters beyond ASCII, of which different ones look alike.
 */
export const accountId = (): z.ZodString =>
  z
    .string()
    .regex(/^[A-Za-z0-9._:|@+=\/~-]{1,254}$/, 'must be 1 to 254 letters, digits or characters of . _ : | @ + = / ~ -');

/**
 * Text a person wrote or reads, 1 to `most` UTF-16 units long. It comes out so that every reader reads it, and reads the
 * same: half a surrogate pair, which is no character, and U+0000, which PostgreSQL and C cannot hold, become U+FFFD.
 */
export const text = (most: number): z.ZodString => z.string().min(1).max(most).overwrite(readable);

const readable = (given: string): string => {
  const wellFormed = given.isWellFormed() ? given : given.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\ufffd') : wellFormed;
};

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
