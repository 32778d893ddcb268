import { checkedInput } from '../aws/checked-input.ts';
import { jsonService } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
import { describeLogGroups, describeLogStreams, GroupsInput, StreamsInput } from './describe.ts';
import { FilterInput, filterLogEvents } from './filter-log-events.ts';
import { getLogEvents, StreamInput } from './get-log-events.ts';
import type { Logs } from './open-logs.ts';

const badInput = 'InvalidParameterException';

/** The CloudWatch Logs API, as far as `aws logs tail`, `filter-log-events` and the describe commands go. */
export const logsService = (logs: Logs): AwsService =>
  jsonService({
    FilterLogEvents: checkedInput(FilterInput, (input) => filterLogEvents(logs, input), badInput),
    GetLogEvents: checkedInput(StreamInput, (input) => getLogEvents(logs, input), badInput),
    DescribeLogGroups: checkedInput(GroupsInput, (input) => describeLogGroups(logs, input), badInput),
    DescribeLogStreams: checkedInput(StreamsInput, (input) => describeLogStreams(logs, input), badInput),
  });
