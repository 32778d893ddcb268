// nx run generator:invoke [--count 1000] [--seed 1] [--from N] [--family clickstream]: runs the deployed generator once and says what came of it.
// It asks the laptop platform; STAGE=<stage> asks that stage on AWS.
import { awsTarget, readCommandLine, refused, runCommand, targetOptions, text } from '@acme/command-kit';
import { InvokeError, invokeFunction } from '@acme/command-kit/invoke-function';
import type { Generated } from '../src/generate.ts';
import { Order } from '../src/order.ts';

await runCommand(async () => {
  const values = readCommandLine({ count: text, seed: text, from: text, family: text, ...targetOptions });
  const { family, count, seed, from } = values;
  const order = Order.safeParse({ family, count: numberOf(count), seed: numberOf(seed), from: numberOf(from) });
  if (!order.success) throw refused(order.error.issues);

  const { name, answer, ms } = await invokeFunction<Generated>(awsTarget(values), {
    of: 'data-generator',
    order: order.data,
  });
  console.log(
    `${name}  ${answer.family}  seed ${answer.seed}  from ${answer.from}  generated ${answer.generated}  accepted ${answer.accepted}  rejected ${answer.rejected}  in ${ms} ms`,
  );
}, [InvokeError]);

function numberOf(given: string | undefined): number | undefined {
  return given === undefined ? undefined : Number(given.trim() || Number.NaN);
}
