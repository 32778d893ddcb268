import type { AwsService } from '../aws/service.ts';
import { openAlarms, type Alarms } from './alarms/alarms.ts';
import { notification } from './alarms/notification.ts';
import { cloudWatchService } from './api/service.ts';
import { openDashboards, type Dashboards } from './dashboards.ts';
import { logLines, type LogLines } from './sources/log-lines.ts';
import { type Metrics, openMetrics } from './store/metrics.ts';

/** How often gauges are read and alarms looked at: an alarm is at most so late after its minute. */
const lookEveryMs = 10_000;

export interface CloudWatch {
  readonly service: AwsService;
  readonly metrics: Metrics;
  readonly alarms: Alarms;
  readonly dashboards: Dashboards;
  /** For the lines of functions' logs. */
  readonly lines: LogLines;
  /** Begins to look: reads the gauges, evaluates the alarms, publishes their changes. */
  start(): void;
  /** Looks once, now. */
  look(): Promise<void>;
  stop(): void;
}

export interface CloudWatchOptions {
  /** Told what happens: alarms that change, lines that are refused. */
  readonly log: (line: string) => void;
  /** Tells the person at the laptop of trouble. */
  readonly report: (line: string) => void;
  /** Measures what is not an event but a level, before each look. */
  readonly gauges?: (metrics: Metrics) => void;
  /** Publishes to an SNS topic. @throws Error when there is none of that ARN */
  readonly publish: (topicArn: string, message: string) => Promise<void>;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** CloudWatch's metrics, alarms and dashboards, in memory: they begin anew with each start. */
export const openCloudWatch = ({ log, report, gauges, publish, now = Date.now }: CloudWatchOptions): CloudWatch => {
  const metrics = openMetrics(now, report);
  const alarms = openAlarms(metrics, now);
  const dashboards = openDashboards(now);
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    gauges?.(metrics);
    for (const transition of alarms.evaluate()) {
      const { alarm, before, actions } = transition;
      log(
        `cloudwatch:alarm ${JSON.stringify({ alarm: alarm.name, from: before.state, to: alarm.state, reason: alarm.reason })}`,
      );
      for (const action of actions) {
        await publish(action, notification(transition)).catch((error: unknown) => {
          log(`cloudwatch:action-failed ${JSON.stringify({ alarm: alarm.name, action, reason: String(error) })}`);
        });
      }
    }
  };

  const said = (error: unknown): void => report(`CloudWatch could not look at its alarms: ${String(error)}`);

  return {
    service: cloudWatchService({ metrics, alarms, dashboards, now }),
    metrics,
    alarms,
    dashboards,
    lines: logLines(metrics, log),
    start: () => {
      timer ??= setInterval(() => void look().catch(said), lookEveryMs).unref();
    },
    look,
    stop: () => clearInterval(timer),
  };
};
