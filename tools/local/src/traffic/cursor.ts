import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileAtomic } from '../lambda/write-file-atomic.ts';

/** A range of events that the generator is asked for; the same range gives the same events, ids and times. */
export interface TrafficRange {
  readonly from: number;
  readonly count: number;
  /** When its events end, ISO 8601. */
  readonly at: string;
}

/** What has come of all ranges of a seed since the state folder was made. */
export interface TrafficTotals {
  readonly seed: number;
  readonly from: 0;
  /** Events asked for: 0 up to, not including, this one. */
  readonly count: number;
  readonly generated: number;
  readonly accepted: number;
  readonly rejected: number;
}

interface Saved {
  readonly totals: TrafficTotals;
  /** A range that was asked for and whose answer is not in the totals. */
  readonly intent?: TrafficRange | undefined;
}

/** Where the traffic of a seed stands, on disk. */
export interface Cursor {
  totals(): TrafficTotals;
  /** The range that an earlier process left unfinished. */
  intent(): TrafficRange | undefined;
  /** Before a range is asked for. On disk when it resolves, as `finish`. */
  begin(range: TrafficRange): Promise<void>;
  finish(range: TrafficRange, answer: TrafficAnswer): Promise<void>;
}

export interface TrafficAnswer {
  readonly generated: number;
  readonly accepted: number;
  readonly rejected: number;
}

/**
 * Opens the cursor of a seed.
 *
 * @param file of one family of events; it holds the cursors of all its seeds
 * @throws an Error that names the file when it is broken
 */
export const openCursor = (file: string, seed: number): Cursor => {
  mkdirSync(dirname(file), { recursive: true });
  const all = read(file);
  let saved: Saved = all[seed] ?? {
    totals: { seed, from: 0, count: 0, generated: 0, accepted: 0, rejected: 0 },
  };
  const save = (next: Saved): Promise<void> => {
    saved = next;
    return writeFileAtomic(file, JSON.stringify({ ...all, [seed]: saved }));
  };
  return {
    totals: () => saved.totals,
    intent: () => saved.intent,
    begin: (intent) => save({ ...saved, intent }),
    finish({ count }, answer) {
      const { totals } = saved;
      return save({
        totals: {
          ...totals,
          count: totals.count + count,
          generated: totals.generated + answer.generated,
          accepted: totals.accepted + answer.accepted,
          rejected: totals.rejected + answer.rejected,
        },
      });
    },
  };
};

const read = (file: string): Record<string, Saved> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Saved>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: delete the state folder to start anew`, { cause });
  }
};
