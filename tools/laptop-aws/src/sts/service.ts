import { account } from '../aws/identity.ts';
import { element, queryService } from '../aws/query-service.ts';
import type { AwsService } from '../aws/service.ts';

/** STS, as far as asking who one is: the laptop's account, whatever the keys. */
export const stsService = (): AwsService =>
  queryService('https://sts.amazonaws.com/doc/2011-06-15/', {
    GetCallerIdentity: () =>
      element('UserId', 'LAPTOP') + element('Account', account) + element('Arn', `arn:aws:iam::${account}:user/laptop`),
  });
