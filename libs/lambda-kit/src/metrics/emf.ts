/** Units of CloudWatch, as far as we use them. */
export type Unit = 'Count' | 'Milliseconds' | 'Percent' | 'None';

/** A metric's values; CloudWatch keeps their count, sum, least and greatest, and percentiles. */
export interface Measured {
  readonly unit: Unit;
  readonly values: readonly number[];
}

export interface Measurement {
  readonly metrics: Readonly<Record<string, Measured>>;
  readonly dimensions?: Readonly<Record<string, string>>;
  /** By which sets of the dimensions it is kept; each set and value of them is a metric that costs. @default all of them, together */
  readonly by?: readonly (readonly string[])[];
}

/** Values that one line may hold of a metric (CloudWatch embedded metric format specification). */
const mostValues = 100;

/**
 * Measurements as lines of CloudWatch's embedded metric format: on a function's standard output they become metrics,
 * without a call. A metric of more than 100 values takes several lines.
 */
export const emfLines = (namespace: string, atMs: number, measurements: readonly Measurement[]): string[] =>
  measurements.flatMap(({ metrics, dimensions = {}, by = [Object.keys(dimensions)] }) => {
    const lines = Math.ceil(Math.max(0, ...Object.values(metrics).map(({ values }) => values.length)) / mostValues);
    return Array.from({ length: lines }, (_, line) => {
      const part = Object.entries(metrics).flatMap(([name, { unit, values }]) => {
        const some = values.slice(line * mostValues, (line + 1) * mostValues);
        return some.length === 0 ? [] : [{ name, unit, values: some }];
      });
      return JSON.stringify({
        _aws: {
          Timestamp: atMs,
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: by,
              Metrics: part.map(({ name, unit }) => ({ Name: name, Unit: unit })),
            },
          ],
        },
        ...dimensions,
        ...Object.fromEntries(part.map(({ name, values }) => [name, values.length === 1 ? values[0] : values])),
      });
    });
  });

/**
 * Prints measurements as metrics of a namespace, now. Raw lines: a log entry around them would hide them from
 * CloudWatch.
 */
export const printMetrics = (namespace: string, measurements: readonly Measurement[]): void => {
  for (const line of emfLines(namespace, Date.now(), measurements)) process.stdout.write(`${line}\n`);
};
