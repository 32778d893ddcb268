import { grantLedger, lookUp, readStream, ServiceFunction, type Settings, watchStreamReader } from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { readersOf } from '@acme/stack-contract';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';

export interface AuditStackProps extends StackProps {
  readonly settings: Settings;
}

/** The reader that notes what lies on the streams, beside every consumer and independent of them. */
export class AuditStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: AuditStackProps) {
    super(scope, id, { description: 'Notes what lies on the streams, for the audit', ...props });
    const lake = Bucket.fromBucketName(this, 'Lake', lookUp(this, settings, 'lakeBucketName'));
    const note = new ServiceFunction(this, 'Note', {
      settings,
      bundle: 'auditor',
      description: 'Counts the event lines of each record on the streams',
      whenFailing: 'The audit cannot say what was on the stream; no data is lost.',
      timeout: Duration.seconds(60),
      environment: { DEADLINE_SECONDS: '45' } satisfies EnvOf<typeof Env>,
    });
    for (const reader of readersOf('auditor'))
      readStream(note, settings, {
        reader,
        enabled: settings.ledger,
        startingPosition: StartingPosition.TRIM_HORIZON,
      });
    watchStreamReader(note, settings, 'The newest hours cannot be audited yet.');
    grantLedger(note, settings, lake, 'auditor');
  }
}
