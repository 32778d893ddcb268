import type { AwsService } from '../../aws/service.ts';
import type { Alarms } from '../alarms/alarms.ts';
import type { Dashboards } from '../dashboards.ts';
import type { Metrics } from '../store/metrics.ts';
import { getDashboard, GetDashboardInput, listDashboards, ListDashboardsInput } from './dashboards.ts';
import { AlarmsForMetricInput, AlarmsInput, describeAlarms, describeAlarmsForMetric } from './describe-alarms.ts';
import { operation } from './failure.ts';
import { DataInput, getMetricData } from './get-metric-data.ts';
import { getMetricStatistics, StatisticsInput } from './get-metric-statistics.ts';
import { ListInput, listMetrics } from './list-metrics.ts';
import { inEveryProtocol } from './protocols.ts';
import { PutInput, putMetricData } from './put-metric-data.ts';

export interface Served {
  readonly metrics: Metrics;
  readonly alarms: Alarms;
  readonly dashboards: Dashboards;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The CloudWatch API, as far as reading goes, and PutMetricData. */
export const cloudWatchService = ({ metrics, alarms, dashboards, now }: Served): AwsService =>
  inEveryProtocol({
    DescribeAlarms: operation(AlarmsInput, (input) => describeAlarms(alarms, input)),
    DescribeAlarmsForMetric: operation(AlarmsForMetricInput, (input) => describeAlarmsForMetric(alarms, input)),
    GetDashboard: operation(GetDashboardInput, (input) => getDashboard(dashboards, input)),
    GetMetricData: operation(DataInput, (input) => getMetricData(metrics, input)),
    GetMetricStatistics: operation(StatisticsInput, (input) => getMetricStatistics(metrics, input)),
    ListDashboards: operation(ListDashboardsInput, (input) => listDashboards(dashboards, input)),
    ListMetrics: operation(ListInput, (input) => listMetrics(metrics, now, input)),
    PutMetricData: operation(PutInput, (input) => putMetricData(metrics, input)),
  });
