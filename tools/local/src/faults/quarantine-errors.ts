import { roots } from '@acme/lake-layout';
import { AwsError } from '../aws/aws-error.ts';
import type { AwsService } from '../aws/service.ts';
import { isOfFunction } from './callers.ts';
import type { FaultSource } from './fault-source.ts';

/** More in a row than the three attempts of an SDK client, so that some batches fail for it. */
const row = { least: 2, most: 6 };

const isQuarantine = (url: string): boolean => url.split('/').slice(2).join('/').startsWith(roots.quarantine);

/** S3 with `quarantine-error`: writes under `quarantine/` fail several times in a row; none of them is done. */
export const failingQuarantine = (service: AwsService, faults: FaultSource): AwsService => {
  if (!faults.has('quarantine-error')) return service;
  let left = 0;
  return async (request, response) => {
    if (request.method !== 'PUT' || !isQuarantine(request.url ?? '') || !isOfFunction(request))
      return service(request, response);
    if (left === 0) left = faults.decide('quarantine-error')?.between(row.least, row.most) ?? 0;
    if (left === 0) return service(request, response);
    left -= 1;
    faults.struck('quarantine-error');
    throw new AwsError('ServiceUnavailable', 'Service is unable to handle request.', 503);
  };
};
