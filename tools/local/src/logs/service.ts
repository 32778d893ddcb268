import { jsonService } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
import { describeLogGroups, describeLogStreams } from './describe.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import type { Logs } from './open-logs.ts';

/** The CloudWatch Logs API, as far as `aws logs tail`, `filter-log-events` and the describe commands go. */
export const logsService = (logs: Logs): AwsService =>
  jsonService({
    FilterLogEvents: (input: unknown) => filterLogEvents(logs, input),
    GetLogEvents: (input: unknown) => getLogEvents(logs, input),
    DescribeLogGroups: (input: unknown) => describeLogGroups(logs, input),
    DescribeLogStreams: (input: unknown) => describeLogStreams(logs, input),
  });
