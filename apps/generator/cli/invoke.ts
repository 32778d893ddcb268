// nx run generator:invoke [--count 1000] [--seed 1] [--from N] [--family clickstream]: runs the deployed generator once
// and says what came of it. It asks the laptop platform; STAGE=<stage> asks that stage on AWS.
import { awsTarget, oneOf, readCommandLine, runCommand, targetOptions, wholeNumber } from '@acme/command-kit';
import { InvokeError, invokeFunction } from '@acme/command-kit/invoke-function';
import { families } from '@acme/telemetry-schema';
import * as z from 'zod';
import type { Generated } from '../src/generate.ts';
import { mostEvents } from '../src/order.ts';

const command = {
  usage: 'npx nx run generator:invoke',
  does: 'Runs the deployed generator once and says what came of it: on the laptop platform, or on AWS with STAGE=<stage>.',
  options: z.strictObject({
    family: oneOf(families).optional().describe('Which events. Without it viewing'),
    count: wholeNumber(0, mostEvents).optional().describe('How many. Without it what the deployed settings say'),
    seed: wholeNumber(0, 0xffff_ffff).optional().describe('The same seed makes the same events'),
    from: wholeNumber(0, Number.MAX_SAFE_INTEGER - mostEvents)
      .optional()
      .describe('The number of the first event. Without it a fresh range'),
    ...targetOptions,
  }),
};

await runCommand(async () => {
  const { family, count, seed, from, ...values } = readCommandLine(command).options;
  const { name, answer, ms } = await invokeFunction<Generated>(awsTarget(values), {
    of: 'data-generator',
    order: { family, count, seed, from },
  });
  console.log(
    `${name}  ${answer.family}  seed ${answer.seed}  from ${answer.from}  generated ${answer.generated}  accepted ${answer.accepted}  rejected ${answer.rejected}  in ${ms} ms`,
  );
}, [InvokeError]);
