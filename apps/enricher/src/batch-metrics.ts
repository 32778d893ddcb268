import type { Measured, Measurement } from '@acme/lambda-kit';
import type { Family } from '@acme/telemetry-schema';
import type { Tally } from './enrich.ts';

/** The namespace of the enricher's own metrics. */
export const namespace = 'StreamingEnrichment';

/** What is worth knowing of a batch. */
export interface BatchFigures {
  readonly family: Family;
  readonly enriched: number;
  readonly refused: number;
  /** Calls of DynamoDB, and objects written. */
  readonly calls: number;
  readonly objects: number;
  readonly durationMs: number;
  /** From the arrival of its oldest record on the stream to the end of the batch. */
  readonly ageMs: number;
}

const count = (value: number): Measured => ({ unit: 'Count', values: [value] });
const ms = (value: number): Measured => ({ unit: 'Milliseconds', values: [value] });

export const batchMetrics = (of: BatchFigures, tallies: readonly Tally[]): Measurement[] => [
  {
    metrics: { EventsEnriched: count(of.enriched) },
    dimensions: { Family: of.family },
    by: [['Family'], []],
  },
  {
    metrics: {
      'Batch/Size': count(of.enriched + of.refused),
      'Batch/Refused': count(of.refused),
      'Batch/Calls': count(of.calls),
      'Batch/Objects': count(of.objects),
      'Batch/Duration': ms(of.durationMs),
      'Batch/Age': ms(of.ageMs),
      'Batch/Failures': count(0),
    },
  },
  ...tallies
    .filter(({ keys }) => keys > 0)
    .map(({ dimension, hit, miss, stale, keys, cached }): Measurement => ({
      metrics: {
        Hits: count(hit),
        Misses: count(miss),
        Stale: count(stale),
        CacheHitRate: { unit: 'Percent', values: [(cached * 100) / keys] },
      },
      dimensions: { Dimension: dimension },
      by: [['Dimension'], []],
    })),
];

/** A batch that could not be taken, and comes again. */
export const failedBatch = (): Measurement[] => [{ metrics: { 'Batch/Failures': count(1) } }];
