// nx run generator:invoke [--count 1000] [--seed 1] [--from N]: runs the deployed generator once and says what came of it.
// The endpoint is the laptop's unless AWS_ENDPOINT_URL or AWS credentials say otherwise.
import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Order } from '../src/order.ts';

const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
});
const order = Order.safeParse(Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)])));
if (!order.success) fail(order.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));

const client = new LambdaClient({ region: process.env.AWS_REGION ?? 'us-west-2' });
const name = process.env.GENERATOR_FUNCTION ?? 'acme-data-generator';
const started = Date.now();
const { Payload, FunctionError } = await client
  .send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(order.data)) }))
  .catch((error: Error) => fail(`could not invoke ${name}: ${error.message}`));
const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
if (FunctionError) fail(`${name} failed: ${answer.errorType}: ${answer.errorMessage}`);
console.log(
  `${name}  seed ${answer.seed}  from ${answer.from}  generated ${answer.generated}  accepted ${answer.accepted}  rejected ${answer.rejected}  in ${Date.now() - started} ms`,
);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
