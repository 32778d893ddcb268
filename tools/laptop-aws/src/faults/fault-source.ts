import { Random } from '@acme/synthetic/random';
import { type FaultKind, faultKinds, faultRates } from './fault-kinds.ts';

export interface FaultOptions {
  /** What is switched on. */
  readonly kinds: readonly FaultKind[];
  /** A whole number below 2^32: the same seed and the same sequence of calls give the same faults. */
  readonly seed: number;
  /** How often each kind strikes, as a share of the calls that it is asked about. @default faultRates */
  readonly rates?: Readonly<Partial<Record<FaultKind, number>>>;
  /** Where services put aside what they refuse, as keys of objects begin: what `quarantine-error` strikes. */
  readonly quarantine?: string;
}

/** Where the decisions come from: a stream of random numbers per kind. */
export interface FaultSource {
  /** Whether one of these is switched on. */
  has(...kinds: readonly FaultKind[]): boolean;
  /**
   * Decides about one more call. The nth decision about a kind depends on the seed and n alone, whatever was decided
   * about other kinds and however many numbers earlier decisions took.
   *
   * @returns numbers for the details when the fault is to strike
   */
  decide(kind: FaultKind): Random | undefined;
  /** Counts a fault that has struck. */
  struck(kind: FaultKind): void;
  /** How often each kind that is switched on has struck. */
  counts(): Readonly<Partial<Record<FaultKind, number>>>;
}

/** Streams of this purpose and the following ones are the fault kinds'; the synthetic universe's are far below. */
const firstPurpose = 1024;
const whole = 1_000_000;

export const faultSource = ({ kinds, seed, rates = {} }: FaultOptions): FaultSource => {
  const asked = new Map<FaultKind, number>();
  const struck = new Map<FaultKind, number>(faultKinds.filter((kind) => kinds.includes(kind)).map((kind) => [kind, 0]));
  return {
    has: (...some) => some.some((kind) => struck.has(kind)),
    decide: (kind) => {
      if (!struck.has(kind)) return undefined;
      const index = asked.get(kind) ?? 0;
      asked.set(kind, index + 1);
      const random = new Random(seed, index, firstPurpose + faultKinds.indexOf(kind));
      return random.below(whole) < (rates[kind] ?? faultRates[kind]) * whole ? random : undefined;
    },
    struck: (kind) => void struck.set(kind, (struck.get(kind) ?? 0) + 1),
    counts: () => Object.fromEntries(struck),
  };
};
