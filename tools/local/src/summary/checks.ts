import type { TrafficTotals } from '../traffic/cursor.ts';

/** A sum that holds or not, and the sentence to say when it does not. */
export type Check = readonly [isRight: boolean, sentence: string];

/** What one family's traffic came to, as far as the delivery promises need to know. */
export interface Delivered {
  readonly totals: TrafficTotals;
  readonly expected: {
    readonly lines: number;
    readonly duplicates: number;
    readonly quarantine: { readonly total: number };
  };
  readonly landed: { readonly landed: number };
  readonly quarantined: { readonly byProducer: number; readonly byLoader: number };
}

/** Generated = accepted + rejected, rejected = quarantined, accepted = landed, and each as the answer key has it. */
export const deliveryChecks = ({ totals, expected, landed, quarantined }: Delivered): Check[] => {
  const { generated, accepted, rejected } = totals;
  const { lines, duplicates, quarantine } = expected;
  return [
    [generated === lines, `the answer key has ${lines} lines, ${generated} were generated`],
    [rejected === quarantine.total, `the answer key has ${quarantine.total} bad events, ${rejected} were rejected`],
    [
      generated === accepted + rejected,
      `${generated} were generated, but ${accepted} accepted and ${rejected} rejected`,
    ],
    [
      quarantined.byProducer >= rejected,
      `${rejected} were rejected, but ${quarantined.byProducer} are in the producer's quarantine`,
    ],
    [
      accepted - duplicates === landed.landed,
      `${accepted - duplicates} distinct events were accepted, but ${landed.landed} are in the lake and ${quarantined.byLoader} in the loader's quarantine`,
    ],
  ];
};

/** That the lake has the counts by name that the answer key has. */
export const differing = (
  what: string,
  expected: Readonly<Record<string, number>>,
  landed: Readonly<Record<string, number>>,
): Check[] => {
  const names = new Set([...Object.keys(expected), ...Object.keys(landed)]);
  const off = [...names].filter((name) => (expected[name] ?? 0) !== (landed[name] ?? 0));
  const [first] = off;
  if (first === undefined) return [];
  return [
    [
      false,
      `by ${what}, ${off.length} differ; of ${first} the answer key has ${expected[first] ?? 0}, the lake ${landed[first] ?? 0}`,
    ],
  ];
};

export const sentencesOf = (checks: readonly Check[]): string[] =>
  checks.filter(([isRight]) => !isRight).map(([, sentence]) => sentence);
