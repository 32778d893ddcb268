export { type AwsTarget, awsTarget } from './aws-target.ts';
export type { Command } from './command.ts';
export { HelpWanted, readCommandLine, refused, UsageError } from './command-line.ts';
export { duration, flag, oneOf, port, targetOptions, text, wholeNumber } from './options.ts';
export { bad, bar, count, dim, good, Progress, type Screen, strong } from './progress.ts';
export { CommandError, runCommand } from './run-command.ts';
export { asking, unreachable } from './unreachable.ts';
