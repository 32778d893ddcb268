import type { Problem } from '@acme/telemetry-schema';
import type { FaultMaker } from './fault.ts';
import type { FaultKind } from './event-faults.ts';
import { type Fields, withFields } from './rewrite.ts';

/** A field with a value of another type, and what is said of it. */
export type Spoilt = readonly [field: string, reason: string, spoil: (value: unknown) => unknown];

/** How a family's fields can be wrong. */
export interface WrongFields {
  /** Fields that can be left out, and what is said then. The event's id is not among them: what is refused is named. */
  readonly missing: readonly Problem[];
  readonly spoilt: readonly Spoilt[];
  /** Types that the contract does not know. */
  readonly types: { readonly field: string; readonly known: readonly string[]; readonly others: readonly string[] };
  /** Changes an event so that the number in the field named lies so far below 0. */
  readonly negative: { readonly field: string; readonly change: (below: number) => Fields };
}

/** The faults of an event's fields. */
export const fieldFaults = ({ missing, spoilt, types, negative }: WrongFields) =>
  ({
    /** A required field is left out. */
    missingField: (random) => {
      const problem = missing[random.below(missing.length)]!;
      return { problem, rewrite: (line) => withFields(line, () => ({ [problem.field]: undefined })) };
    },
    /** A field has a value of another type: text for a number, or a number for text. */
    wrongType: (random) => {
      const [field, reason, spoil] = spoilt[random.below(spoilt.length)]!;
      return {
        problem: { field, reason },
        rewrite: (line) => withFields(line, (event) => ({ [field]: spoil(event[field]) })),
      };
    },
    /** The event is of a type that the contract does not know. */
    unknownEventType: (random) => {
      const { field, known, others } = types;
      const type = others[random.below(others.length)]!;
      return {
        problem: { field, reason: `must be one of ${known.join(', ')}` },
        rewrite: (line) => withFields(line, () => ({ [field]: type })),
      };
    },
    /** A number is 1 to 3,600 below nothing: a watch time in seconds, an amount of money. */
    negativeDuration: (random) => {
      const below = random.between(1, 3600);
      return {
        problem: { field: negative.field, reason: 'must be at least 0' },
        rewrite: (line) => withFields(line, () => negative.change(below)),
      };
    },
  }) satisfies Partial<Record<FaultKind, FaultMaker>>;

/** A number's own text, and the number within an id such as `cus-000042`. */
export const asText = (value: unknown): string => String(value);
export const asTime = (value: unknown): number => Date.parse(String(value));
export const asNumber = (id: unknown): number => Number(/\d+$/.exec(String(id))![0]);
