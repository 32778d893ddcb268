import {
  eventId,
  type FaultDial,
  faultyAnswerKey,
  type FaultyAnswerKey,
  noFaults,
  openUniverse,
} from '@acme/synthetic';
import { producerQuarantine, quarantineFolder } from '@acme/lake-layout';
import { findingLines, type Findings } from '@acme/lambda-kit/rows';
import { countQuarantined } from './count-quarantined.ts';
import { countLake, type LakeCounts } from './lake-counts.ts';
import type { TrafficTotals } from '../traffic/cursor.ts';
import { deliveryChecks, differing, sentencesOf } from './checks.ts';

/** What the traffic of a seed should have left in the lake, what is there, and where the two differ. */
export interface Sums {
  readonly totals: TrafficTotals;
  readonly expected: FaultyAnswerKey;
  readonly landed: LakeCounts;
  /** Refused events put aside, of this traffic and of anyone else's. */
  readonly quarantined: { readonly byProducer: number; readonly byLoader: number };
  /** Events in the lake that are not of this traffic: from the schedule, or by hand. */
  readonly others: number;
  /** What does not add up or cannot be read, a sentence each. */
  readonly wrong: readonly string[];
  readonly isRight: boolean;
}

/**
 * Proves the sums of the delivery promises for the traffic of a seed: generated = accepted + rejected, rejected =
 * quarantined, accepted = landed, and what landed is what the answer key says, by type, device and title.
 *
 * @param dir the platform's state folder
 * @param bucket the lake's
 */
export const addUp = async ({
  dir,
  bucket,
  totals,
  dial = noFaults,
}: {
  readonly dir: string;
  readonly bucket: string;
  readonly totals: TrafficTotals;
  /** The faults that the traffic was made with. */
  readonly dial?: FaultDial;
}): Promise<Sums> => {
  const { seed, count } = totals;
  const expected = faultyAnswerKey(openUniverse(seed), { from: 0, count, dial });
  const ids = [eventId(seed, 0), eventId(seed, Math.max(0, count - 1))] as const;
  const [landed, everything, byProducer, byLoader] = await Promise.all([
    count === 0 ? Promise.resolve(nothing) : countLake({ dir, ids }),
    countLake({ dir }),
    countQuarantined({ dir, bucket, prefix: quarantineFolder(producerQuarantine) }),
    countQuarantined({ dir, bucket, prefix: quarantineFolder('lake-loader') }),
  ]);
  const quarantined = { byProducer, byLoader };
  const wrong = [
    ...differences({ totals, expected, landed, quarantined }),
    ...unreadableSentences(everything.unreadable),
  ];
  return {
    totals,
    expected,
    landed,
    quarantined,
    others: everything.landed - landed.landed,
    wrong,
    isRight: wrong.length === 0,
  };
};

const nothing: LakeCounts = { rows: 0, landed: 0, byEventType: {}, byDeviceType: {}, byTitleId: {} };

/** What the sums had to go on without, by name. */
export const unreadableSentences = (unreadable: Findings): string[] =>
  findingLines(unreadable).map((line) => `cannot be read: ${line}`);

/** What does not add up, in sentences. */
export const differences = (sums: Pick<Sums, 'totals' | 'expected' | 'landed' | 'quarantined'>): string[] => {
  const { land } = sums.expected;
  const { landed } = sums;
  return sentencesOf([
    ...deliveryChecks(sums),
    ...differing('type', land.byType, landed.byEventType),
    ...differing('device', land.byDevice, landed.byDeviceType),
    ...differing('title', land.byTitle, landed.byTitleId),
  ]);
};
