import {
  type CloudWatchClient,
  type Datapoint,
  GetMetricStatisticsCommand,
  type Metric,
  paginateDescribeAlarms,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';

/** What was measured in some time; undefined where nothing was. */
export interface Measured {
  readonly count: number;
  readonly sum: number;
  readonly average: number;
  readonly maximum: number;
}

export interface MetricNow {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string;
  /** The last 60 full minutes, oldest first. */
  readonly minutes: readonly (Measured | undefined)[];
}

export interface AlarmNow {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
  readonly description: string | undefined;
}

/** Which metrics: those whose names contain these texts, whatever the case. */
export interface Wanted {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

const minuteMs = 60_000;

/** How many metrics are asked for at a time. */
const atOnce = 16;

/** The metrics of the hour up to the last full minute; those of which nothing was measured in it are left out. */
export const readMetrics = async (client: CloudWatchClient, wanted: Wanted, nowMs: number): Promise<MetricNow[]> => {
  const asked: Metric[] = [];
  for await (const { Metrics = [] } of paginateListMetrics({ client }, {})) {
    asked.push(...Metrics.filter((metric) => isWanted(metric, wanted)));
  }
  const endMs = nowMs - (nowMs % minuteMs);
  const found: MetricNow[] = [];
  for (let from = 0; from < asked.length; from += atOnce) {
    found.push(...(await Promise.all(asked.slice(from, from + atOnce).map((metric) => read(client, metric, endMs)))));
  }
  return found.filter(({ minutes }) => minutes.some((minute) => minute !== undefined));
};

const isWanted = ({ Namespace = '', MetricName = '' }: Metric, { namespace = '', name = '' }: Wanted): boolean =>
  Namespace.toLowerCase().includes(namespace.toLowerCase()) && MetricName.toLowerCase().includes(name.toLowerCase());

const read = async (client: CloudWatchClient, metric: Metric, endMs: number): Promise<MetricNow> => {
  const { Namespace: namespace = '', MetricName: name = '', Dimensions = [] } = metric;
  const startMs = endMs - 60 * minuteMs;
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace: namespace, MetricName: name, Dimensions, Period: 60 },
      ...{ StartTime: new Date(startMs), EndTime: new Date(endMs) },
      Statistics: ['SampleCount', 'Sum', 'Average', 'Maximum'],
    }),
  );
  const byTime = new Map(Datapoints.map((point) => [point.Timestamp?.getTime(), point]));
  return {
    ...{ namespace, name },
    dimensions: Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
    unit: Datapoints[0]?.Unit ?? 'None',
    minutes: Array.from({ length: 60 }, (_, minute) => measured(byTime.get(startMs + minute * minuteMs))),
  };
};

const measured = (point: Datapoint | undefined): Measured | undefined => {
  if (!point) return undefined;
  const { SampleCount: count = 0, Sum: sum = 0, Average: average = 0, Maximum: maximum = 0 } = point;
  return { count, sum, average, maximum };
};

const urgency: Readonly<Record<string, number>> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };

/** Every alarm, those that ring first. */
export const readAlarms = async (client: CloudWatchClient): Promise<AlarmNow[]> => {
  const alarms: AlarmNow[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, {})) {
    alarms.push(
      ...MetricAlarms.map(
        ({ AlarmName = '', StateValue = 'INSUFFICIENT_DATA', StateReason = '', AlarmDescription }) => ({
          ...{ name: AlarmName, state: StateValue, reason: StateReason, description: AlarmDescription },
        }),
      ),
    );
  }
  return alarms.sort((a, b) => (urgency[a.state] ?? 0) - (urgency[b.state] ?? 0));
};

/** Some minutes as one; undefined when nothing was measured in them. */
export const together = (minutes: readonly (Measured | undefined)[]): Measured | undefined => {
  const there = minutes.filter((minute) => minute !== undefined);
  if (there.length === 0) return undefined;
  const count = there.reduce((total, minute) => total + minute.count, 0);
  const sum = there.reduce((total, minute) => total + minute.sum, 0);
  return { count, sum, average: sum / count, maximum: Math.max(...there.map(({ maximum }) => maximum)) };
};
