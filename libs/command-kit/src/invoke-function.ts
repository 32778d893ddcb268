import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AwsTarget } from './aws-target.ts';
import { unreachable } from './unreachable.ts';

/** A deployed function: `of` is its name where stages use names bare, without `acme-`. */
export interface Invocation {
  readonly of: string;
  readonly order: unknown;
  /** Of the call: a function whose second try would do the same work again wants one. @default 3, as the AWS client */
  readonly maxAttempts?: number;
}

/**
 * Invokes a function of a stage and waits for its answer.
 *
 * @returns its full name, its answer, and how long that took, ms
 * @throws InvokeError when it could not be invoked, or failed
 */
export const invokeFunction = async <Answer>(
  { stage, client: settings }: AwsTarget,
  { of, order, maxAttempts = 3 }: Invocation,
): Promise<{ readonly name: string; readonly answer: Answer; readonly ms: number }> => {
  const client = new LambdaClient({ ...settings, maxAttempts });
  const name = stage === 'local' || stage === 'dev' ? `acme-${of}` : `acme-${stage}-${of}`;
  const startedMs = Date.now();
  const { Payload, FunctionError } = await client
    .send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(order)) }))
    .catch((error: Error) => {
      const reason =
        unreachable(error, { stage, client: settings }) ?? `stage ${stage}: ${error.name}: ${error.message}`;
      throw new InvokeError(`could not invoke ${name}: ${reason}`, { cause: error });
    });
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
  if (FunctionError) throw new InvokeError(`${name} failed: ${answer.errorType}: ${answer.errorMessage}`);
  return { name, answer, ms: Date.now() - startedMs };
};

/** A function that could not be invoked, or failed. */
export class InvokeError extends Error {
  override readonly name = 'InvokeError';
}
