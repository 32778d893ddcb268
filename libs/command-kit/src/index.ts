export { type AwsTarget, awsTarget, targetOptions } from './aws-target.ts';
export { bad, bar, count, dim, good, Progress, type Screen, strong } from './progress.ts';
