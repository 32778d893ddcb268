import { CfnMapping, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

/** Choices of LambdaTimeout in seconds: CloudFormation cannot count, so what follows from each is looked up. */
const timeouts = [10, 30, 60, 90, 120, 180, 300, 600, 900];

/** What whoever creates the stack may choose, by the names and defaults that the pipeline has always had. */
export const parameters = (stack: Stack) => {
  const whole = (
    id: string,
    minValue: number,
    maxValue: number,
    otherwise: number,
    description: string,
  ): CfnParameter =>
    new CfnParameter(stack, id, { type: 'Number', minValue, maxValue, default: otherwise, description });
  const text = (id: string, allowedPattern: string, description: string): CfnParameter =>
    new CfnParameter(stack, id, { type: 'String', allowedPattern, description });

  const timeout = new CfnParameter(stack, 'LambdaTimeout', {
    type: 'Number',
    default: '60',
    allowedValues: timeouts.map(String),
    description: 'Seconds that a batch may take',
  });
  const patience = new CfnMapping(stack, 'Patience', {
    mapping: Object.fromEntries(timeouts.map((seconds) => [seconds, { Seconds: String(Math.floor(seconds * 0.8)) }])),
  });
  return {
    environment: new CfnParameter(stack, 'Environment', {
      type: 'String',
      default: 'dev',
      allowedValues: ['dev', 'staging', 'prod'],
      description: 'Value of the tag environment',
    }).valueAsString,
    // Limit: one CreateStream call may ask for 10,000 (Kinesis quotas page).
    shards: whole('StreamShardCount', 1, 10_000, 2, 'Shards of the stream; one takes 1 MB or 1,000 records a second')
      .valueAsNumber,
    memorySize: whole('LambdaMemorySize', 128, 10_240, 256, 'MB of memory of the function').valueAsNumber,
    timeout: timeout.valueAsNumber,
    /** How long a batch goes on retrying: 80 % of its time-out, as text. */
    deadlineSeconds: Fn.findInMap(patience.logicalId, timeout.valueAsString, 'Seconds'),
    codeBucket: text('CodeBucket', '^[a-z0-9.-]{3,63}$', 'Bucket with the code of the function, in the same region')
      .valueAsString,
    codeKey: text('CodeKey', '^[^/].{0,1023}$', 'Key of the code: a zip with index.mjs').valueAsString,
  };
};
