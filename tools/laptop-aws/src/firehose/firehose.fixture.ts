export const DeliveryStreamName = 'acme-data-kinesis-to-s3';
/** As CDK's DeliveryStream writes it, references resolved. */
export const template = {
  DeliveryStreamName,
  DeliveryStreamType: 'DirectPut',
  DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
  ExtendedS3DestinationConfiguration: {
    BucketARN: 'arn:aws:s3:::lake',
    RoleARN: 'arn:aws:iam::000000000000:role/firehose',
    BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 1 },
    CompressionFormat: 'GZIP',
    Prefix: 'telemetry/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/',
    ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/',
    CloudWatchLoggingOptions: { Enabled: true, LogGroupName: 'g', LogStreamName: 's' },
  },
};

/** A clock that stands until it is set forward. */
export const handClock = (now: number) => {
  const waiting = new Map<() => void, number>();
  return {
    now: () => now,
    after: (milliseconds: number, run: () => void) => {
      waiting.set(run, now + milliseconds);
      return () => waiting.delete(run);
    },
    forward: (milliseconds: number) => {
      now += milliseconds;
      for (const [run, due] of waiting) if (due <= now && waiting.delete(run)) run();
    },
  };
};
