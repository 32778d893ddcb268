/** The laptop's AWS account; no real account has this number. */
export const account = '000000000000';

/** The laptop's region, as the references use it. */
export const region = 'us-west-2';

/** An ARN on the laptop: `arn('kinesis', 'stream/clicks')`. S3's carry neither region nor account. */
export const arn = (service: string, resource: string): string =>
  service === 's3' ? `arn:aws:s3:::${resource}` : `arn:aws:${service}:${region}:${account}:${resource}`;
