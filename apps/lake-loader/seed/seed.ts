import { availableParallelism } from 'node:os';
import type { AwsTarget } from '@acme/command-kit';
import type { DataSet } from '@acme/synthetic';
import { campaigns, customers, titles } from '@acme/synthetic/tables';
import { S3Client } from '@aws-sdk/client-s3';
import { addContents, type Contents } from './contents.ts';
import { lookThrough } from './other-sets.ts';
import { type Stored, storedPart } from './part-object.ts';
import { type Part, partsOf, prefixOf } from './parts.ts';
import { putTable, readyTable, type TableReport } from './small-tables.ts';
import { switchTo } from './switch-to.ts';
import { runWorkers } from './workers.ts';

export interface SeedOptions {
  readonly set: DataSet;
  readonly bucket: string;
  readonly client: AwsTarget['client'];
  /** Told after every part: how many events are in the lake. */
  readonly onProgress: (events: number) => void;
}

/** What is in the lake now. */
export interface SeedReport {
  readonly tables: readonly TableReport[];
  readonly telemetry: Contents;
  readonly days: readonly (Contents & { readonly date: string })[];
}

/**
 * Brings a data set into the lake, in place of any other. First all objects are written, under names of their own;
 * then the small tables are replaced and the days switched to the new objects, one by one and each at once. Run again,
 * it leaves what is there and goes on with the rest.
 */
export const seed = async ({ set, bucket, client, onProgress }: SeedOptions): Promise<SeedReport> => {
  const s3 = new S3Client(client);
  const startedMs = performance.now();
  const { own, otherDates } = await lookThrough(s3, bucket, prefixOf(set), Date.now());
  const stored = new Map<Part, Stored>();
  let events = 0;
  const note = (part: Part, what: Stored): void => {
    if (what.rows > 0) stored.set(part, what);
    onProgress((events += what.rows));
  };

  const missing: Part[] = [];
  for (const part of partsOf(set)) {
    const found = own.has(part.key) ? await storedPart(s3, bucket, part.key) : undefined;
    if (found) note(part, found);
    else missing.push(part);
  }
  const found = stored.size;
  const { seed, scale, from, to } = set;
  const [, customersReady, titlesReady] = await Promise.all([
    runWorkers({ options: { seed, scale, from, to }, bucket, client }, missing, availableParallelism(), note),
    readyTable('customers', () => customers(set.universe)),
    readyTable('titles', () => titles(set.universe)),
  ]);
  const objectsMs = performance.now() - startedMs;

  const byDate = Map.groupBy(stored.keys(), ({ date }) => date);
  const total = (parts: Iterable<Part>): Contents =>
    [...parts].reduce<Contents>((sum, part) => addContents(sum, stored.get(part) as Stored), nothing);
  const days = set.days.map((date) => ({ date, ...total(byDate.get(date) ?? []) }));
  const small: TableReport[] = [];
  for (const ready of [
    customersReady,
    titlesReady,
    await readyTable('campaigns', () => campaigns(set.universe, days)),
  ]) {
    small.push(await putTable(s3, bucket, ready));
  }
  const switchedMs = await switchTo(s3, bucket, [...set.days, ...otherDates], byDate);
  s3.destroy();

  const telemetry = total(stored.keys());
  const report = {
    table: 'telemetry',
    rows: telemetry.rows,
    objects: stored.size,
    written: stored.size - found,
    bytes: [...stored.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    ms: objectsMs + switchedMs,
  };
  return { tables: [...small.slice(0, 2), report, ...small.slice(2)], telemetry, days };
};

const nothing: Contents = { rows: 0, watchedSeconds: 0, advertisements: 0 };
