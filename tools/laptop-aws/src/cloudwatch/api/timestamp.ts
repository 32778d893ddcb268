import * as z from 'zod';

/** CBOR's tag of a time in seconds since 1970 (RFC 8949, 3.4.2), as the decoder gives it. */
const Tagged = z.looseObject({ tag: z.literal(1), value: z.number() }).transform(({ value }) => value * 1000);

/** A time as any of the protocols has it; milliseconds since 1970. */
export const Timestamp = z
  .union([
    Tagged,
    z.number().transform((seconds) => seconds * 1000),
    z.date().transform((date) => date.getTime()),
    z.string().transform((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text))),
  ])
  .refine(Number.isFinite, { error: 'is no time' });
