import { producerQuarantine, quarantineFolder } from '@acme/lake-layout';
import {
  clickstreamEventId,
  type FaultDial,
  faultyClickstreamKey,
  type FaultyClickstreamKey,
  noFaults,
  openUniverse,
} from '@acme/synthetic';
import { type ClickstreamCounts, countClickstream } from './clickstream-counts.ts';
import { countQuarantined } from './count-quarantined.ts';
import { bad, count, dim, good, strong } from '../terminal/progress.ts';
import type { TrafficTotals } from '../traffic/cursor.ts';
import { unreadableSentences } from './add-up.ts';
import { deliveryChecks, differing, sentencesOf } from './checks.ts';

/** What the clickstream of a seed should have left in the lake, what is there, and where the two differ. */
export interface ClickstreamSums {
  readonly totals: TrafficTotals;
  readonly expected: FaultyClickstreamKey;
  readonly landed: ClickstreamCounts;
  readonly quarantined: { readonly byProducer: number; readonly byLoader: number };
  /** What does not add up or cannot be read, a sentence each. */
  readonly wrong: readonly string[];
}

/**
 * Proves the same sums as `addUp`, of the clickstream: by type, device, page and currency.
 *
 * @param rejected viewing events that are in the producer's quarantine, too
 */
export const addUpClickstream = async ({
  dir,
  bucket,
  totals,
  dial = noFaults,
  rejected,
}: {
  readonly dir: string;
  readonly bucket: string;
  readonly totals: TrafficTotals;
  readonly dial?: FaultDial;
  readonly rejected: number;
}): Promise<ClickstreamSums> => {
  const { seed, count: made } = totals;
  const expected = faultyClickstreamKey(openUniverse(seed), { from: 0, count: made, dial });
  const ids = [clickstreamEventId(seed, 0), clickstreamEventId(seed, Math.max(0, made - 1))] as const;
  const [found, aside, byLoader] = await Promise.all([
    countClickstream({ dir, ids }),
    countQuarantined({ dir, bucket, prefix: quarantineFolder(producerQuarantine) }),
    countQuarantined({ dir, bucket, prefix: quarantineFolder('clickstream-loader') }),
  ]);
  const landed = made === 0 ? nothing : found;
  const quarantined = { byProducer: aside - rejected, byLoader };
  const sums = { totals, expected, landed, quarantined };
  const unreadable = unreadableSentences(found.unreadable);
  return { ...sums, wrong: made === 0 ? unreadable : [...clickstreamDifferences(sums), ...unreadable] };
};

const nothing: ClickstreamCounts = {
  rows: 0,
  landed: 0,
  byEventType: {},
  byDeviceType: {},
  byPage: {},
  purchasesByCurrency: {},
  revenueByCurrency: {},
};

/** What does not add up, in sentences. */
export const clickstreamDifferences = (sums: Omit<ClickstreamSums, 'wrong'>): string[] => {
  const { land } = sums.expected;
  const { landed } = sums;
  return sentencesOf([
    ...deliveryChecks(sums),
    ...differing('type', land.byType, landed.byEventType),
    ...differing('device', land.byDevice, landed.byDeviceType),
    ...differing('page', land.byPage, landed.byPage),
    ...differing('currency', land.purchasesByCurrency, landed.purchasesByCurrency),
    ...differing('revenue', land.revenueByCurrency, landed.revenueByCurrency),
  ]);
};

/** The sums for people: one line where all is well, and none where no clickstream was made and all can be read. */
export const clickstreamLines = ({ totals, landed, quarantined, wrong }: ClickstreamSums): string[] => {
  const complaints = wrong.map((sentence) => `${bad(strong('does not add up'))}  clickstream: ${sentence}`);
  if (totals.count === 0) return complaints;
  const about =
    `events made, ${count(totals.accepted)} taken and ${count(totals.rejected)} refused by the producer, ` +
    `${count(landed.landed)} in the lake, distinct; ${count(quarantined.byLoader)} in the loader's quarantine`;
  return [
    '',
    `clickstream ${count(totals.generated).padStart(13)}   ${dim(about)}`,
    ...(wrong.length === 0
      ? [`${good(strong('adds up'))}  by type, device, page and currency, as the answer key says`]
      : complaints),
  ];
};
