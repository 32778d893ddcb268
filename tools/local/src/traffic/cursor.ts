import { isDeepStrictEqual } from 'node:util';
import { stateFile } from '@acme/laptop-aws/machine';
import * as z from 'zod';

/** A range of events that the generator is asked for; the same range gives the same events, ids and times. */
const TrafficRange = z.object({
  from: z.number(),
  count: z.number(),
  /** When its events end, ISO 8601. */
  at: z.string(),
});
export type TrafficRange = z.infer<typeof TrafficRange>;

/** What became of a range. */
export const TrafficAnswer = z.object({ generated: z.number(), accepted: z.number(), rejected: z.number() });
export type TrafficAnswer = z.infer<typeof TrafficAnswer>;

/** What has come of all ranges of a seed since the state folder was made. */
const TrafficTotals = z.object({
  seed: z.number(),
  from: z.literal(0),
  /** Events asked for: 0 up to, not including, this one. */
  count: z.number(),
  ...TrafficAnswer.shape,
});
export type TrafficTotals = z.infer<typeof TrafficTotals>;

/** The share of events that has each fault. */
const Dial = z.record(z.string(), z.number());
export type Dial = Readonly<Partial<Record<string, number>>>;

/** By seed: its totals, and the range that was asked for and whose answer is not in them. */
const Saved = z.record(
  z.string(),
  z.object({ totals: TrafficTotals, intent: TrafficRange.optional(), dial: Dial.optional() }),
);

/** Where the traffic of a seed stands, on disk. */
export interface Cursor {
  totals(): TrafficTotals;
  /** The range that an earlier process left unfinished. */
  intent(): TrafficRange | undefined;
  /** Before a range is asked for. On disk when it resolves, as `finish`. */
  begin(range: TrafficRange): Promise<void>;
  finish(range: TrafficRange, answer: TrafficAnswer): Promise<void>;
  /** What was begun or finished and could not be put on disk, once more. */
  save(): Promise<void>;
}

/**
 * Opens the cursor of a seed.
 *
 * @param path of one family of events; the file holds the cursors of all its seeds
 * @throws StateFileError when the file is damaged, OtherDialError when events of the seed were made with other faults
 */
export const openCursor = async (path: string, seed: number, dial: Dial = {}): Promise<Cursor> => {
  const file = stateFile(path, Saved);
  const others = (await file.read()) ?? {};
  const saved = others[seed];
  if (saved && saved.totals.count > 0 && !isDeepStrictEqual(saved.dial ?? {}, { ...dial }))
    throw new OtherDialError(seed);
  let { totals, intent } = saved ?? {
    totals: { seed, from: 0, count: 0, generated: 0, accepted: 0, rejected: 0 },
  };
  const save = (): Promise<void> =>
    file.write({ ...others, [seed]: { totals, intent, dial: { ...dial } as z.infer<typeof Dial> } });
  return {
    save,
    totals: () => totals,
    intent: () => intent,
    begin(range) {
      intent = range;
      return save();
    },
    finish({ count }, answer) {
      intent = undefined;
      totals = {
        ...totals,
        count: totals.count + count,
        generated: totals.generated + answer.generated,
        accepted: totals.accepted + answer.accepted,
        rejected: totals.rejected + answer.rejected,
      };
      return save();
    },
  };
};

/** The traffic of a seed in this folder was made with other faults, so that no answer key would hold for all of it. */
export class OtherDialError extends Error {
  override readonly name = 'OtherDialError';

  constructor(seed: number) {
    super(`the events of seed ${seed} in this folder were made with another --dial; take another --seed or --dir`);
  }
}
