import * as z from 'zod';
import { page } from '../../aws/page.ts';
import type { Dashboards } from '../dashboards.ts';
import { failure } from './failure.ts';

export const ListDashboardsInput = z.object({
  DashboardNamePrefix: z.string().default(''),
  NextToken: z.string().optional(),
});

/** What one page holds (API reference, ListDashboards). */
const pageSize = 1000;

export const listDashboards = (
  dashboards: Dashboards,
  { DashboardNamePrefix, NextToken }: z.output<typeof ListDashboardsInput>,
): object => {
  const entries = dashboards
    .list()
    .filter(({ name }) => name.startsWith(DashboardNamePrefix))
    .map(({ name, arn, body, modifiedMs }) => ({
      DashboardName: name,
      DashboardArn: arn,
      LastModified: new Date(modifiedMs),
      Size: Buffer.byteLength(body),
    }));
  return page('DashboardEntries', entries, pageSize, NextToken);
};

export const GetDashboardInput = z.object({ DashboardName: z.string().min(1) });

export const getDashboard = (dashboards: Dashboards, { DashboardName }: z.output<typeof GetDashboardInput>): object => {
  const dashboard = dashboards.find(DashboardName);
  if (!dashboard) throw failure('DashboardNotFoundError', 'Dashboard does not exist');
  return { DashboardArn: dashboard.arn, DashboardBody: dashboard.body, DashboardName };
};
