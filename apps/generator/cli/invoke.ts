// nx run generator:invoke [--count 1000] [--seed 1] [--from N] [--family clickstream]: runs the deployed generator once and says what came of it.
// It asks the laptop platform; STAGE=<stage> asks that stage on AWS.
import { parseArgs } from 'node:util';
import { awsTarget, targetOptions } from '@acme/command-kit';
import { invokeFunction } from '@acme/command-kit/invoke-function';
import type { Generated } from '../src/generate.ts';
import { Order } from '../src/order.ts';

const { dir, port: _, 'aws-port': awsPort, family, ...asked } = options();
const numbers = Object.fromEntries(Object.entries(asked).map(([name, text]) => [name, Number(text)]));
const order = Order.safeParse({ ...numbers, ...(family === undefined ? {} : { family }) });
if (!order.success) fail(order.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));

const { name, answer, ms } = await invokeFunction<Generated>(awsTarget({ dir, 'aws-port': awsPort }), {
  of: 'data-generator',
  order: order.data,
}).catch((error: Error) => fail(error.message));
console.log(
  `${name}  ${answer.family}  seed ${answer.seed}  from ${answer.from}  generated ${answer.generated}  accepted ${answer.accepted}  rejected ${answer.rejected}  in ${ms} ms`,
);

function options() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ options: { count: text, seed: text, from: text, family: text, ...targetOptions } }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
