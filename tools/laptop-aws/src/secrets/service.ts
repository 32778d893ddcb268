import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { checkedInput } from '../aws/checked-input.ts';
import { jsonService } from '../aws/json-service.ts';
import { page } from '../aws/page.ts';
import type { AwsService } from '../aws/service.ts';
import { type Secret, secretArn, type Secrets } from './secrets.ts';

const SecretId = z.string().min(1).max(2048);
// 64 KB is Secrets Manager's limit (service quotas).
const SecretString = z
  .string()
  .min(1)
  .refine((value) => Buffer.byteLength(value) <= 65_536, 'is over 65536 bytes');

const GetValue = z.strictObject({
  SecretId,
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});
const List = z.strictObject({
  MaxResults: z.number().int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
  IncludePlannedDeletion: z.boolean().optional(),
});

/** Secrets Manager, with the current version of each secret. */
export const secretsService = (secrets: Secrets): AwsService =>
  jsonService({
    GetSecretValue: checkedInput(
      GetValue,
      ({ SecretId: id, VersionId, VersionStage = 'AWSCURRENT' }) => {
        const secret = secrets.find(id);
        if (VersionStage !== 'AWSCURRENT' || (VersionId !== undefined && VersionId !== secret.versionId)) {
          throw new AwsError('ResourceNotFoundException', 'The laptop keeps only the current version of a secret.');
        }
        return { ...version(secret), SecretString: secret.value, CreatedDate: secret.changedMs / 1000 };
      },
      'InvalidParameterException',
    ),
    DescribeSecret: checkedInput(
      z.strictObject({ SecretId }),
      ({ SecretId: id }) => {
        const secret = secrets.find(id);
        return { ...metadata(secret), VersionIdsToStages: { [secret.versionId]: ['AWSCURRENT'] } };
      },
      'InvalidParameterException',
    ),
    ListSecrets: checkedInput(
      List,
      ({ MaxResults, NextToken }) =>
        page(
          'SecretList',
          secrets
            .all()
            .map((secret) => ({ ...metadata(secret), SecretVersionsToStages: { [secret.versionId]: ['AWSCURRENT'] } })),
          MaxResults,
          NextToken,
        ),
      'InvalidParameterException',
    ),
    PutSecretValue: checkedInput(
      z.strictObject({ SecretId, SecretString, ClientRequestToken: z.string().optional() }),
      async ({ SecretId: id, SecretString: value }) => version(await secrets.replace(id, value)),
      'InvalidParameterException',
    ),
  });

const version = ({ name, versionId }: Secret) => ({
  ARN: secretArn(name),
  Name: name,
  VersionId: versionId,
  VersionStages: ['AWSCURRENT'],
});

const metadata = ({ name, description, createdMs, changedMs }: Secret) => ({
  ARN: secretArn(name),
  Name: name,
  Description: description,
  CreatedDate: createdMs / 1000,
  LastChangedDate: changedMs / 1000,
});
