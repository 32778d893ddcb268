import { AwsError } from '../aws/aws-error.ts';
import type { AwsService } from '../aws/service.ts';
import { isOfFunction } from './callers.ts';
import type { FaultSource } from './fault-source.ts';

/** More in a row than the three attempts of an SDK client, so that some batches fail for it. */
const row = { least: 2, most: 6 };

/** Whether the address of an object, `/bucket/key`, begins so behind its bucket. */
const liesUnder = (url: string, prefix: string): boolean => url.split('/').slice(2).join('/').startsWith(prefix);

/**
 * S3 with `quarantine-error`: writes under a prefix fail several times in a row; none of them is done.
 *
 * @throws Error when that is switched on and there is no prefix: it would never strike
 */
export const failingQuarantine = (service: AwsService, faults: FaultSource, prefix: string | undefined): AwsService => {
  if (!faults.has('quarantine-error')) return service;
  if (prefix === undefined) throw new Error('quarantine-error needs to know under which prefix services put aside');
  let left = 0;
  return async (request, response) => {
    if (request.method !== 'PUT' || !liesUnder(request.url ?? '', prefix) || !isOfFunction(request))
      return service(request, response);
    if (left === 0) left = faults.decide('quarantine-error')?.between(row.least, row.most) ?? 0;
    if (left === 0) return service(request, response);
    left -= 1;
    faults.struck('quarantine-error');
    throw new AwsError('ServiceUnavailable', 'Service is unable to handle request.', 503);
  };
};
