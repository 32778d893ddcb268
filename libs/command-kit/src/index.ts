export { type AwsTarget, awsTarget, targetOptions } from './aws-target.ts';
export { readCommandLine, refused, text, UsageError } from './command-line.ts';
export { bad, bar, count, dim, good, Progress, type Screen, strong } from './progress.ts';
export { CommandError, runCommand } from './run-command.ts';
export { asking, unreachable } from './unreachable.ts';
