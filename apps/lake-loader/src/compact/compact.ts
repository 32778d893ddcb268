import { log, printMetrics } from '@acme/lambda-kit';
import { OutOfTimeError } from '@acme/lambda-kit/athena';
import { cleanUp } from './clean-up.ts';
import { compactReadable } from './compact-readable.ts';
import type { Lake } from './lake.ts';
import type { Span } from './order.ts';
import { pendingHours } from './pending-hours.ts';
import { record } from './record.ts';

/** What a run came to. */
export interface Outcome {
  /** Hours of arrival that were done. */
  readonly hours: number;
  /** Bytes of raw objects read, compressed. */
  readonly rawBytes: number;
  /** Raw events that happened before the table's first day, and so stay in the raw zone alone; copies included. */
  readonly before: number;
  /** Lines and objects of the raw zone that nobody can read and that were put aside; the first of them by name. */
  readonly aside: { readonly count: number; readonly names: readonly string[] };
  /** Raw events that not every reader could read, and that were written anew. */
  readonly mended: number;
  /** Days of `telemetry` that got new files. */
  readonly dates: readonly string[];
  readonly files: number;
  /** Of these files. */
  readonly bytes: number;
  /** Whether nothing is left of what was asked; else the next run goes on. */
  readonly isDone: boolean;
}

/** The namespace of compaction's own metric: lines and objects that it put aside, which has an alarm. */
const namespace = 'TelemetryLake';

/** So many names of what was put aside are told. */
const mostNames = 20;

/** The least time that is worth beginning an hour with. */
const leastMs = 30_000;

/**
 * Brings the raw events of every pending hour of a span into `telemetry`, the oldest first. An hour that fails holds up
 * none of the others.
 *
 * @throws CompactionError naming the hours that failed; the others are done
 */
export const compact = async (
  lake: Lake,
  span: Span,
  { deadlineMs, now = Date.now }: { readonly deadlineMs: number; readonly now?: () => number },
): Promise<Outcome> => {
  const { s3, bucket, firstDay } = lake;
  const dates = new Set<string>();
  const failed = new Map<string, unknown>();
  const sums = { hours: 0, rawBytes: 0, before: 0, mended: 0, files: 0, bytes: 0 };
  const aside: string[] = [];
  let isDone = true;
  for await (const pending of pendingHours(lake, span, now())) {
    if (now() + leastMs > deadlineMs) {
      isDone = false;
      break;
    }
    const startedMs = now();
    try {
      const { raw, compacted, cleaned } = await compactReadable(lake, pending, today(startedMs));
      const { before, dates: changed, files, bytes } = compacted;
      const [objects, etags] = [raw.objects.map(({ name }) => name), raw.objects.map(({ etag }) => etag)];
      await record(s3, bucket, { hour: raw.hour, objects, etags, firstDay });
      for (const date of changed) dates.add(date);
      aside.push(...cleaned.aside);
      sums.mended += cleaned.mended;
      sums.hours += 1;
      sums.rawBytes += raw.bytes;
      sums.before += before;
      sums.files += files;
      sums.bytes += bytes;
      log.info('hour:compacted', {
        hour: raw.hour,
        rawBytes: raw.bytes,
        before,
        aside: cleaned.aside.length,
        mended: cleaned.mended,
        files,
        bytes,
        durationMs: now() - startedMs,
      });
    } catch (error) {
      isDone = false;
      if (error instanceof OutOfTimeError) break;
      failed.set(pending.hour, error);
    }
  }
  const putAside = { unit: 'Count', values: [aside.length] } as const;
  printMetrics(namespace, [{ metrics: { 'Compaction/PutAside': putAside } }]);
  if (failed.size > 0) throw new CompactionError(failed);
  const removed = isDone ? await cleanUp(lake, now()) : 0;
  log.info('compaction:done', { ...sums, aside: aside.length, dates: dates.size, isDone, removed });
  return {
    ...sums,
    aside: { count: aside.length, names: aside.slice(0, mostNames) },
    dates: [...dates].sort(),
    isDone,
  };
};

const today = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Some hours could not be compacted; each is tried again by every run. */
export class CompactionError extends Error {
  override readonly name = 'CompactionError';

  constructor(failed: ReadonlyMap<string, unknown>) {
    const [[hour, cause] = []] = failed;
    super(
      `${failed.size} of the hours failed: ${[...failed.keys()].slice(0, 24).join(', ')}; ${hour}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
