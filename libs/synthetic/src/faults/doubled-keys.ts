import type { FaultMaker } from './fault.ts';
import { fieldsOf, type Fields } from './rewrite.ts';

/** By field a value that must not be taken in place of the event's own: with it, the sums would be others. */
export type Decoys = Readonly<Record<string, (value: unknown) => unknown>>;

/** Of two values the one that an event does not have. */
export const otherOf =
  (one: string, other: string) =>
  (value: unknown): string =>
    value === one ? other : one;

/**
 * A key stands twice, first with a decoy and last with the event's own value, which counts. In every second line the
 * first one is written with an escape: the same key to who reads JSON, and another to who looks at its text.
 */
export const duplicateKeys =
  (decoys: Decoys): FaultMaker =>
  (random) => {
    const drawn = random.below(2 ** 16);
    const keyOf = random.below(2) === 0 ? JSON.stringify : escaped;
    return {
      rewrite: (line) => {
        const all = Object.entries(decoysFor(line, decoys));
        const [field, decoy] = all[drawn % all.length]!;
        return `{${keyOf(field)}:${JSON.stringify(decoy)},${line.slice(1)}`;
      },
    };
  };

/** Decoys stand before or behind the event's own fields, under the same names in another case, which are other keys. */
export const otherCase =
  (decoys: Decoys): FaultMaker =>
  (random) => {
    const spell = spellings[random.below(spellings.length)]!;
    const isBefore = random.below(2) === 0;
    return {
      rewrite: (line) => {
        const all = Object.entries(decoysFor(line, decoys)).map(([field, decoy]) => [spell(field), decoy]);
        const others = JSON.stringify(Object.fromEntries(all)).slice(1, -1);
        return isBefore ? `{${others},${line.slice(1)}` : `${line.slice(0, -1)},${others}}`;
      },
    };
  };

const spellings = [
  (field: string) => field.toUpperCase(),
  (field: string) => `${field.charAt(0).toUpperCase()}${field.slice(1)}`,
] as const;

const decoysFor = (line: string, decoys: Decoys): Fields => {
  const event = fieldsOf(line);
  const there = Object.entries(decoys).filter(([field]) => Object.hasOwn(event, field));
  return Object.fromEntries(there.map(([field, decoy]) => [field, decoy(event[field])]));
};

/** A name as JSON whose last letter is written as its number. */
const escaped = (field: string): string =>
  `"${field.slice(0, -1)}\\u${field
    .charCodeAt(field.length - 1)
    .toString(16)
    .padStart(4, '0')}"`;
