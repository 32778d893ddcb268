import { chunks } from '../src/lookup/fetch.ts';
import { type LookupTable, readLimit, writeLimit } from './lookup-table.ts';
import { type Edition, type Step, stepFor } from './plan.ts';
import { BadRowsError } from './problem.ts';
import type { KeyedRow } from './read-rows.ts';

/** What came of the rows of a source. */
export interface Loaded {
  readonly rows: number;
  /** New keys, and keys whose row is another now. */
  readonly added: number;
  readonly changed: number;
  /** Rows that their items said already. */
  readonly same: number;
  /** Rows that are older than their items; those stay. */
  readonly older: number;
}

export interface Load extends Edition {
  readonly source: string;
  readonly rows: readonly KeyedRow[];
  readonly table: LookupTable;
  /** Told how many rows are done. */
  readonly onProgress?: (done: number) => void;
}

/** Calls under way at a time. */
const concurrency = 16;
/** How often a row may be found changed by somebody else between reading and writing. */
const mostRounds = 5;

/**
 * Brings rows into a dimension's table. All are compared with what is there before the first is written, so a version
 * that contradicts itself leaves the table as it was. Cut off, it goes on where it was when it is run again.
 *
 * Rows that the table has and the source has not stay: a lookup that hit goes on to hit.
 *
 * @throws BadRowsError when items of this very version say otherwise; nothing is written
 * @throws HeldBackError when DynamoDB has too much to do; what was written before stays
 */
export const loadRows = async ({ source, rows, table, onProgress = () => {}, ...edition }: Load): Promise<Loaded> => {
  const counts = { new: 0, changed: 0, same: 0, older: 0 };
  let done = 0;
  let left = rows;
  for (let round = 1; left.length > 0; round += 1) {
    if (round > mostRounds) throw new ContendedError(source, left.length);
    const steps = await planned(left, table, edition);
    refuseContradictions(source, left, steps);
    const contended: KeyedRow[] = [];
    const settle = (kind: keyof typeof counts, count: number): void => {
      counts[kind] += count;
      onProgress((done += count));
    };
    settle('same', steps.filter(({ kind }) => kind === 'same').length);
    settle('older', steps.filter(({ kind }) => kind === 'older').length);
    const added = steps.flatMap((step) => (step.kind === 'new' ? [step.item] : []));
    await inParallel(chunks(added, writeLimit), async (items) => {
      await table.write(items);
      settle('new', items.length);
    });
    const changed = steps.flatMap((step, at) => (step.kind === 'changed' ? [{ step, row: left[at] as KeyedRow }] : []));
    await inParallel(changed, async ({ step, row }) => {
      if (await table.replace(step.item, step.seen)) settle('changed', 1);
      else contended.push(row);
    });
    left = contended;
  }
  const { new: added, ...others } = counts;
  return { rows: rows.length, added, ...others };
};

const planned = async (rows: readonly KeyedRow[], table: LookupTable, edition: Edition): Promise<Step[]> => {
  const steps = new Map<string, Step>();
  await inParallel(chunks(rows, readLimit), async (some) => {
    const existing = await table.read(some.map(({ key }) => key));
    for (const row of some) steps.set(row.key, stepFor(row, existing.get(row.key), edition));
  });
  return rows.map(({ key }) => steps.get(key) as Step);
};

const refuseContradictions = (source: string, rows: readonly KeyedRow[], steps: readonly Step[]): void => {
  const places = steps.flatMap(({ kind }, at) => (kind === 'contradicts' ? [at] : []));
  if (places.length === 0) return;
  throw new BadRowsError(
    source,
    places.map((at) => ({
      line: (rows[at] as KeyedRow).line,
      reason: 'is not what the table has under this very version: give a higher --version',
    })),
  );
};

/** Does a piece of work for each, some at a time; at the first failure no further one begins, and those under way end. */
const inParallel = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  const waiting = all.values();
  let failed: { readonly error: unknown } | undefined;
  const one = async (): Promise<void> => {
    for (const each of waiting) {
      if (failed) return;
      await work(each).catch((error: unknown) => {
        failed ??= { error };
      });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  if (failed) throw failed.error;
};

/** Others kept changing the same rows. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';

  constructor(source: string, rows: number) {
    super(`${source}: ${rows} rows are changed by another load at the same time: run it again when that has ended`);
  }
}
