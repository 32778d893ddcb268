import { account } from '../aws/identity.ts';

export interface Dashboard {
  readonly name: string;
  readonly arn: string;
  /** JSON, as the template has it: the laptop draws nothing. */
  readonly body: string;
  readonly modifiedMs: number;
}

export interface Dashboards {
  /** @throws Error when the body is not JSON */
  define(name: string, body: string): Dashboard;
  find(name: string): Dashboard | undefined;
  /** By name. */
  list(): readonly Dashboard[];
}

/** @param now milliseconds since 1970 */
export const openDashboards = (now: () => number): Dashboards => {
  const dashboards = new Map<string, Dashboard>();
  return {
    define(name, body) {
      JSON.parse(body);
      const dashboard = { name, body, arn: `arn:aws:cloudwatch::${account}:dashboard/${name}`, modifiedMs: now() };
      dashboards.set(name, dashboard);
      return dashboard;
    },
    find: (name) => dashboards.get(name),
    list: () => [...dashboards.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
};
