import type { Dimension, Metric } from './store/metric.ts';

/** What one line measured of one metric. */
export interface Measured {
  readonly metric: Metric;
  readonly values: readonly number[];
  readonly unit: string;
  readonly atMs: number;
}

export interface EmfLine {
  readonly measured: readonly Measured[];
  /** What of it CloudWatch would not take, and why; values are not quoted. */
  readonly problems: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const limits = { dimensions: 30, metrics: 100, values: 100, nameLength: 1024 };

/** What Lambda puts before a line of console.log, where it logs as text. */
const lambdaPrefix = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[^\t]*\t[A-Z]+\t(?=\{)/;

/** A line of the embedded metric format, or undefined when it is another line. */
export const parseEmf = (line: string): EmfLine | undefined => {
  if (!line.includes('"_aws"')) return undefined;
  const start = line.charCodeAt(0) === openBrace ? 0 : (lambdaPrefix.exec(line)?.[0].length ?? -1);
  if (start < 0) return undefined;
  let root: unknown;
  try {
    root = JSON.parse(start === 0 ? line : line.slice(start));
  } catch {
    return { measured: [], problems: ['the line is not JSON'] };
  }
  const { _aws: metadata } = root as Readonly<Record<string, unknown>>;
  if (!isObject(metadata)) return undefined;
  const { Timestamp: atMs, CloudWatchMetrics: directives } = metadata;
  if (typeof atMs !== 'number' || !(atMs >= 0)) return refused('_aws.Timestamp is not milliseconds since 1970');
  if (!Array.isArray(directives)) return refused('_aws.CloudWatchMetrics is not a list');
  const measured: Measured[] = [];
  const problems: string[] = [];
  for (const directive of directives) measure(root as Root, directive, atMs, measured, problems);
  return { measured, problems };
};

type Root = Readonly<Record<string, unknown>>;

const openBrace = 0x7b;

const refused = (problem: string): EmfLine => ({ measured: [], problems: [problem] });

const isObject = (value: unknown): value is Root => typeof value === 'object' && value !== null;

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= limits.nameLength;

const measure = (root: Root, directive: unknown, atMs: number, measured: Measured[], problems: string[]): void => {
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = isObject(directive) ? directive : ({} as Root);
  if (!isName(namespace)) return void problems.push('Namespace is no name');
  if (!Array.isArray(metrics) || metrics.length > limits.metrics)
    return void problems.push(`Metrics is not a list of at most ${limits.metrics}`);
  const dimensionSets = dimensionSetsOf(root, sets, problems);
  for (const defined of metrics as unknown[]) {
    const { Name: name, Unit: unit = 'None' } = isObject(defined) ? defined : ({} as Root);
    if (!isName(name) || typeof unit !== 'string') {
      problems.push('a metric has no Name, or a Unit that is no text');
      continue;
    }
    const values = valuesOf(root[name]);
    if (!values) problems.push(`the value of metric ${name} is no number, nor a list of 1 to ${limits.values} numbers`);
    else
      for (const dimensions of dimensionSets)
        measured.push({ metric: { namespace, name, dimensions }, values, unit, atMs });
  }
};

/** Without a set, and of an empty one, a metric has no dimensions. */
const dimensionSetsOf = (root: Root, sets: unknown, problems: string[]): Dimension[][] => {
  if (!Array.isArray(sets) || !sets.every(Array.isArray)) {
    problems.push('Dimensions is not a list of lists');
    return [];
  }
  if (sets.length === 0) return [[]];
  return (sets as unknown[][]).flatMap((names) => {
    if (names.length > limits.dimensions) {
      problems.push(`a set has more than ${limits.dimensions} dimensions`);
      return [];
    }
    const set = names.map((name) => ({
      Name: name as string,
      Value: typeof name === 'string' ? root[name] : undefined,
    }));
    const isWhole = set.every(({ Value }) => isName(Value));
    if (!isWhole) problems.push('a dimension has no text as its value');
    return isWhole ? [set as Dimension[]] : [];
  });
};

const valuesOf = (value: unknown): readonly number[] | undefined => {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value) || value.length === 0 || value.length > limits.values) return undefined;
  return value.every((each) => typeof each === 'number') ? (value as number[]) : undefined;
};
