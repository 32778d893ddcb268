import { AwsError } from '../aws/aws-error.ts';
import type { AwsService } from '../aws/service.ts';
import { isOfFunction } from './callers.ts';
import type { FaultSource } from './fault-source.ts';
import { withoutAnswer } from './lost-answer.ts';

/**
 * `@connections` with `gone`: the client leaves in the moment in which a function sends to it. The connection is really
 * closed, so that its page connects again instead of waiting for ever.
 */
export const leavingClients = (service: AwsService, faults: FaultSource): AwsService => {
  if (!faults.has('gone')) return service;
  return async (request, response) => {
    const strikes = request.method === 'POST' && isOfFunction(request) && faults.decide('gone') !== undefined;
    if (!strikes) return service(request, response);
    request.method = 'DELETE';
    await withoutAnswer(service, request, response);
    faults.struck('gone');
    throw new AwsError('GoneException', 'the connection is closed', 410);
  };
};
