import {
  checksumsFolder,
  compactedFolder,
  compactionQuarantine,
  manifestFolder,
  quarantineFolder,
  rawRoots,
  roots,
  runRoot,
  tableRoots,
} from '@acme/lake-layout';
import { explainWildcard, named, notify, ServiceFunction, type Settings } from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';
import type { Env } from '../src/compact/env.ts';
import { databaseName } from './catalog.ts';
import { firstDay } from './projection.ts';
import { readCatalog } from './readers.ts';
import { workGroup, workGroupArn } from './work-group.ts';

/** The function that brings raw events into `telemetry`, every hour, in a workgroup that has no cut-off. */
export const compaction = (scope: Construct, settings: Settings, lake: Bucket): ServiceFunction => {
  const group = workGroup(scope, 'CompactionWorkGroup', {
    name: named(settings, 'acme-telemetry-compaction'),
    description: 'Brings raw events into telemetry; readers have their own',
    lake,
  });
  const compact = new ServiceFunction(scope, 'Compact', {
    settings,
    bundle: 'lake-loader/compact',
    functionName: named(settings, 'acme-lake-compaction'),
    description: 'Brings raw events into telemetry, each once, by the day they happened',
    whenFailing:
      'Events of some hours stay in streaming_events and are missing from telemetry; each run tries them again.',
    timeout: Duration.minutes(15),
    memorySize: 512,
    environment: {
      LAKE_BUCKET: lake.bucketName,
      DATABASE: databaseName(settings),
      WORK_GROUP: group.name,
      FIRST_DAY: firstDay(settings),
    } satisfies EnvOf<typeof Env>,
  });
  grants(scope, settings, compact, lake, workGroupArn(group));
  everyHour(scope, settings, compact);
  watch(scope, settings, compact);
  return compact;
};

const everyHour = (scope: Construct, { lake }: Settings, compact: ServiceFunction): void => {
  const role = new Role(scope, 'CompactEveryRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
  new Schedule(scope, 'CompactEvery', {
    description: `Compaction, ${lake.compactAtMinute} past every hour`,
    schedule: ScheduleExpression.cron({ minute: String(lake.compactAtMinute) }),
    target: new LambdaInvoke(compact, {
      role,
      // Only hours that were over by then: the one that is filling would be read again and again.
      input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
      retryAttempts: 2,
      maxEventAge: Duration.minutes(30),
    }),
  });
  explainWildcard(role, `${compact.functionArn}:*`, 'The versions of this one function.');
};

const watch = (scope: Construct, settings: Settings, compact: ServiceFunction): void => {
  const period = Duration.hours(1);
  notify(
    new Alarm(scope, 'RawUnreadable', {
      alarmDescription:
        'Compaction has put lines or whole objects of the raw zone aside, because nobody can read them: somebody else writes ' +
        'there, or an object is damaged. Its log names them; all others are in telemetry.',
      metric: new Metric({
        namespace: 'TelemetryLake',
        metricName: 'Compaction/PutAside',
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no run: nothing was put aside
    }),
    settings,
  );
  const succeeded = new MathExpression({
    label: 'Runs that succeeded',
    expression: 'FILL(invocations, 0) - FILL(errors, 0)',
    usingMetrics: { invocations: compact.metricInvocations({ period }), errors: compact.metricErrors({ period }) },
    period,
  });
  notify(
    new Alarm(scope, 'TelemetryStale', {
      alarmDescription:
        'No compaction has succeeded for three hours: telemetry lacks the newest events, streaming_events has them.',
      metric: succeeded,
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING, // it is to run every hour
    }),
    settings,
  );
};

/**
 * Reads the tables, writes beside them, replaces manifests, and raw objects that nobody can read; deletes only what runs
 * like it have written.
 */
const grants = (scope: Construct, settings: Settings, compact: ServiceFunction, lake: Bucket, group: string): void => {
  const allow = (actions: string[], ...resources: string[]): void => {
    compact.addToRolePolicy(new PolicyStatement({ actions, resources }));
  };
  allow(['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'], group);
  const glue = readCatalog(scope, settings);
  compact.addToRolePolicy(glue.statement);
  explainWildcard(compact.role, glue.tables, 'The tables of this one database.');
  allow(['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'], lake.bucketArn);

  const below = (prefix: string): string => lake.arnForObjects(`${prefix}*`);
  const records = below(compactedFolder);
  const manifests = below(manifestFolder('telemetry'));
  const runs = below(runRoot);
  const results = below(roots.results);
  const raw = below(rawRoots.viewing);
  const aside = below(quarantineFolder(compactionQuarantine));
  const checksums = below(checksumsFolder);
  const read = [...new Set([...tableRoots.map(below), records, results])];
  allow(['s3:GetObject'], ...read);
  allow(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], runs, results);
  allow(['s3:PutObject'], manifests, records, checksums, raw, aside);
  allow(['s3:DeleteObject'], runs);
  for (const objects of new Set([...read, manifests, runs, results, raw, aside, checksums])) {
    explainWildcard(compact.role, objects, 'It names objects after days, hours and runs, below its own prefixes only.');
  }
};
