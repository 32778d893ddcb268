import type { Functions } from '../lambda/functions.ts';
import type { Batch } from './batch.ts';
import type { Limiter } from './limiter.ts';
import type { DeliverySettings } from './mapping-settings.ts';
import { type Identify, outcomeOf, type Outcome } from './outcome.ts';

/** A batch that goes to its function, for metrics. */
export interface Delivery {
  /** Name or ARN. */
  readonly functionName: string;
  readonly streamArn: string;
  /** When the batch's last record reached the stream. */
  readonly lastArrivalMs: number;
}

/** What an attempt needs of the platform. */
export interface AttemptHost {
  readonly functions: Pick<Functions, 'invoke'>;
  readonly limiter: Limiter;
  /** Reads the function's report. @default Kinesis' */
  readonly identify?: Identify;
  /** A batch goes to its function. */
  readonly delivering?: (batch: Batch) => void;
  /** An invocation has ended. */
  readonly tried: (outcome: Outcome) => void;
}

/** Sends a batch to its function once; undefined when stopped before the function had room for it. */
export const attempt = async (
  batch: Batch,
  { functionName, reportsItemFailures }: DeliverySettings,
  { functions, limiter, identify, delivering, tried }: AttemptHost,
  stop: AbortSignal,
): Promise<Outcome | undefined> => {
  if (batch.tooLarge) return { done: 0, failure: "the record is larger than Lambda's payload limit of 6 MB" };
  const outcome = await limiter
    .run(functionName, async () => {
      if (stop.aborted) return undefined;
      delivering?.(batch);
      return functions.invoke(functionName, batch.payload);
    })
    .then(
      (invocation) =>
        invocation && { ...outcomeOf(invocation, batch.sequenceNumbers, reportsItemFailures, identify), invocation },
      (error: unknown): Outcome => {
        const reason = error instanceof Error ? error.message : String(error);
        return { done: 0, failure: `the function could not be invoked: ${reason}`, throttled: true };
      },
    );
  if (outcome) tried(outcome);
  return outcome;
};
