import { AwsError } from '../aws/aws-error.ts';
import type { AwsService } from '../aws/service.ts';
import { isOfCommandLine } from './callers.ts';
import type { FaultSource } from './fault-source.ts';

const message =
  'Iterator expired. It was created longer ago than the tolerated delay of 300000 milliseconds: get another one.';

/** Kinesis with `expired-iterator`: GetRecords of programs meets an iterator that is too old now and then. */
export const expiringIterators = (service: AwsService, faults: FaultSource): AwsService => {
  if (!faults.has('expired-iterator')) return service;
  return async (request, response) => {
    const asks = String(request.headers['x-amz-target']).endsWith('.GetRecords') && !isOfCommandLine(request);
    if (!asks || !faults.decide('expired-iterator')) return service(request, response);
    faults.struck('expired-iterator');
    throw new AwsError('ExpiredIteratorException', message);
  };
};
