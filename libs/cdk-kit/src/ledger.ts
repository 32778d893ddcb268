import { ledgerFolder } from '@acme/lake-layout';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { explainWildcard } from './explain.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';

/**
 * Lets a function write its part of the ledger, `ledger/<writer>/` in the lake's bucket, and nothing else of it. The
 * function finds the bucket in LEDGER_BUCKET; where the stage keeps no ledger there is neither.
 */
export const grantLedger = (
  writes: ServiceFunction,
  { ledger }: Pick<Settings, 'ledger'>,
  lake: IBucket,
  writer: string,
): void => {
  if (!ledger) return;
  const entries = lake.arnForObjects(`${ledgerFolder(writer)}*`);
  writes.addEnvironment('LEDGER_BUCKET', lake.bucketName);
  writes.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [entries] }));
  explainWildcard(writes.role, entries, 'It names each entry after the call or batch, below its own prefix only.');
};
