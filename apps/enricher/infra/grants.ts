import { explainWildcard, type ServiceFunction } from '@acme/cdk-kit';
import { roots } from '@acme/lake-layout';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Watched } from './alarms.ts';

/** Lets a function look things up, and write enriched events under `enriched-data/`, and nowhere else. */
export const grantEnrichment = (
  enrich: ServiceFunction,
  { tables, bucket }: Pick<Watched, 'tables' | 'bucket'>,
): void => {
  const enriched = bucket.arnForObjects(`${roots.enriched}*`);
  enrich.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [enriched] }));
  explainWildcard(enrich.role, enriched, 'It names each object after the batch, below its own prefix only.');
  enrich.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:BatchGetItem'],
      resources: Array.from(tables.values(), ({ tableArn }) => tableArn),
    }),
  );
};
