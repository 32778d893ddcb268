import { log } from '@acme/lambda-kit';
import { OutOfTimeError } from '@acme/lambda-kit/athena';
import { cleanUp } from './clean-up.ts';
import { compactHour } from './compact-hour.ts';
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
  /** Days of `telemetry` that got new files. */
  readonly dates: readonly string[];
  readonly files: number;
  /** Of these files. */
  readonly bytes: number;
  /** Whether nothing is left of what was asked; else the next run goes on. */
  readonly isDone: boolean;
}

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
  const sums = { hours: 0, rawBytes: 0, before: 0, files: 0, bytes: 0 };
  let isDone = true;
  for await (const raw of pendingHours(lake, span, now())) {
    if (now() + leastMs > deadlineMs) {
      isDone = false;
      break;
    }
    const startedMs = now();
    try {
      const { before, dates: changed, files, bytes } = await compactHour(lake, raw, today(startedMs));
      await record(s3, bucket, { hour: raw.hour, objects: raw.objects, firstDay });
      for (const date of changed) dates.add(date);
      sums.hours += 1;
      sums.rawBytes += raw.bytes;
      sums.before += before;
      sums.files += files;
      sums.bytes += bytes;
      log.info('hour:compacted', {
        hour: raw.hour,
        rawBytes: raw.bytes,
        before,
        files,
        bytes,
        durationMs: now() - startedMs,
      });
    } catch (error) {
      isDone = false;
      if (error instanceof OutOfTimeError) break;
      failed.set(raw.hour, error);
    }
  }
  if (failed.size > 0) throw new CompactionError(failed);
  const removed = isDone ? await cleanUp(lake, now()) : 0;
  log.info('compaction:done', { ...sums, dates: dates.size, isDone, removed });
  return { ...sums, dates: [...dates].sort(), isDone };
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
