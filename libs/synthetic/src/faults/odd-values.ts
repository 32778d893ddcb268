import type { FaultMaker } from './fault.ts';
import { type Fields, withFields } from './rewrite.ts';

/** Half an emoji, the first or the second, and the character that C ends its texts with. */
const halves = ['\ud83d', '\ude00', '\u0000'] as const;

/**
 * A text was cut in the middle of an emoji, or holds U+0000: in a field or a name that the contract does not know, or in
 * one of the free texts.
 *
 * @param freeTexts fields of an event that hold any text, and that nothing is counted by
 */
export const halfSurrogate =
  (freeTexts: (event: Fields) => readonly string[]): FaultMaker =>
  (random) => {
    const half = halves[random.below(halves.length)]!;
    const drawn = random.below(2 ** 16);
    return {
      rewrite: (line) =>
        withFields(line, (event) => {
          const fields = ['note', `note ${half}`, ...freeTexts(event)];
          const field = fields[drawn % fields.length]!;
          return { [field]: `${String(event[field] ?? 'cut')} ${half}` };
        }),
    };
  };

/** Fields that an event may do without are `null`. */
export const nulls =
  (fields: readonly string[]): FaultMaker =>
  () => ({ rewrite: (line) => withFields(line, () => Object.fromEntries(fields.map((field) => [field, null]))) });

/** The person has an id as sign-in services give it. */
export const foreignId =
  (field: string): FaultMaker =>
  (random) => {
    const digits = `${random.below(2 ** 32).toString(16)}${random.below(2 ** 32).toString(16)}`.padStart(16, '0');
    const id = shapes[random.below(shapes.length)]!(digits);
    return { rewrite: (line) => withFields(line, () => ({ [field]: id })) };
  };

const shapes = [
  (digits: string) => `auth0|${digits}`,
  (digits: string) => `ann.${digits}+tv@example.com`,
  (digits: string) => Buffer.from(digits, 'hex').toString('base64'),
] as const;
