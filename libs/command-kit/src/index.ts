export { type AwsTarget, awsTarget, targetOptions } from './aws-target.ts';
