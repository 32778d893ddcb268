import { createHash } from 'node:crypto';
import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import type { Athena } from './athena.ts';

const ResultConfiguration = z.strictObject({
  OutputLocation: z.string().startsWith('s3://').optional(),
  ExpectedBucketOwner: z.string().optional(),
  // How bytes rest on AWS's disks, and who owns them: a laptop has one account.
  EncryptionConfiguration: z
    .strictObject({ EncryptionOption: z.enum(['SSE_S3', 'SSE_KMS', 'CSE_KMS']), KmsKey: z.string().optional() })
    .optional(),
  AclConfiguration: z.strictObject({ S3AclOption: z.string() }).optional(),
});

/** The least cut-off that Athena takes is 10 MB (API reference of WorkGroupConfiguration). */
const leastCutoffBytes = 10_000_000;

const WorkGroup = z.strictObject({
  Name: z.string().regex(/^[a-zA-Z0-9._-]{1,128}$/),
  Description: z.string().max(1024).optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  RecursiveDeleteOption: z.boolean().optional(),
  WorkGroupConfiguration: z
    .strictObject({
      BytesScannedCutoffPerQuery: z.coerce.number().int().min(leastCutoffBytes).optional(),
      // Athena enforces unless it is told not to.
      EnforceWorkGroupConfiguration: z.boolean().default(true),
      EngineVersion: z
        .strictObject({
          SelectedEngineVersion: z.enum(['AUTO', 'Athena engine version 3']).optional(),
          EffectiveEngineVersion: z.string().optional(),
        })
        .optional(),
      PublishCloudWatchMetricsEnabled: z.boolean().default(true),
      RequesterPaysEnabled: z.boolean().optional(),
      ResultConfiguration: ResultConfiguration.optional(),
    })
    .prefault({}),
  Tags: z.array(z.unknown()).optional(),
});

/** 262,144 bytes is the longest statement that Athena takes (service quotas). */
const NamedQuery = z.strictObject({
  Name: z.string().min(1).max(128).optional(),
  Database: z.string().min(1).max(255),
  QueryString: z.string().min(1).max(262_144),
  Description: z.string().max(1024).optional(),
  WorkGroup: z.string().default('primary'),
});

/** What Athena takes of the types in the templates. */
export const athenaResources = (athena: Athena): ResourceKinds => ({
  'AWS::Athena::WorkGroup': resourceKind(
    WorkGroup,
    ({ Name, Description, State, WorkGroupConfiguration: settings }) => {
      athena.defineWorkGroup({
        name: Name,
        description: Description,
        bytesScannedCutoff: settings.BytesScannedCutoffPerQuery,
        outputLocation: settings.ResultConfiguration?.OutputLocation,
        isEnforced: settings.EnforceWorkGroupConfiguration,
        isEnabled: State === 'ENABLED',
        publishesMetrics: settings.PublishCloudWatchMetricsEnabled,
        encryption: settings.ResultConfiguration?.EncryptionConfiguration?.EncryptionOption,
      });
      return {
        ref: Name,
        notHonoured: (['PublishCloudWatchMetricsEnabled', 'RequesterPaysEnabled'] as const)
          .filter((setting) => settings[setting])
          .map((setting) => `WorkGroupConfiguration.${setting}`),
      };
    },
  ),
  'AWS::Athena::NamedQuery': resourceKind(NamedQuery, (properties, { generatedName }) => {
    const id = idOf(generatedName);
    athena.defineNamedQuery({
      id,
      name: properties.Name ?? generatedName.slice(-128),
      database: properties.Database,
      query: properties.QueryString,
      description: properties.Description,
      workGroup: properties.WorkGroup,
    });
    return { ref: id, attributes: { NamedQueryId: id } };
  }),
});

/** Athena's ids are UUIDs; here the same resource has the same one after every start. */
const idOf = (generatedName: string): string =>
  createHash('sha256')
    .update(generatedName)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
