// nx run generator:invoke [--count 1000] [--seed 1] [--from N] [--family clickstream]: runs the deployed generator once and says what came of it.
// It asks the laptop platform; STAGE=<stage> asks that stage on AWS.
import { parseArgs } from 'node:util';
import { awsTarget, targetOptions } from '@acme/command-kit';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Order } from '../src/order.ts';

const { dir, port: _, 'aws-port': awsPort, family, ...asked } = options();
const numbers = Object.fromEntries(Object.entries(asked).map(([name, text]) => [name, Number(text)]));
const order = Order.safeParse({ ...numbers, ...(family === undefined ? {} : { family }) });
if (!order.success) fail(order.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));

const { stage, client: settings } = awsTarget({ dir, 'aws-port': awsPort });
const client = new LambdaClient(settings);
const name = stage === 'local' || stage === 'dev' ? 'acme-data-generator' : `acme-${stage}-data-generator`;
const started = Date.now();
const { Payload, FunctionError } = await client
  .send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(order.data)) }))
  .catch((error: Error) =>
    fail(
      stage === 'local'
        ? `could not invoke ${name} at ${settings.endpoint ?? process.env.AWS_ENDPOINT_URL}: ${error.message || error.name}; is the platform running (npm start)?`
        : `could not invoke ${name} in stage ${stage}: ${error.name}: ${error.message}`,
    ),
  );
const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
if (FunctionError) fail(`${name} failed: ${answer.errorType}: ${answer.errorMessage}`);
console.log(
  `${name}  ${answer.family}  seed ${answer.seed}  from ${answer.from}  generated ${answer.generated}  accepted ${answer.accepted}  rejected ${answer.rejected}  in ${Date.now() - started} ms`,
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
