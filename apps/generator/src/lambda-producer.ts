import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Producer } from './generate.ts';

const Answer = z.object({ accepted: z.number(), rejected: z.array(z.unknown()) });

/**
 * The producer function as a producer of batches. A line is an element of its own: a broken one then never takes the next
 * along, and an event may be spread over lines.
 *
 * @throws ProducerFailedError when the function failed; its batch may be on the stream in part
 */
export const lambdaProducer =
  (functionArn: string, client: LambdaClient = new LambdaClient({})): Producer =>
  async (lines, family) => {
    const call = { family, events: lines };
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(call)) }),
    );
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
    if (FunctionError) throw new ProducerFailedError(answer);
    const { accepted, rejected } = Answer.parse(answer);
    return { accepted, rejected: rejected.length };
  };

/** The producer function failed; its own log says more. */
export class ProducerFailedError extends Error {
  override readonly name = 'ProducerFailedError';

  constructor(answer: unknown) {
    const { errorType = 'Error', errorMessage = '' } = (answer ?? {}) as { errorType?: string; errorMessage?: string };
    super(`the producer failed: ${errorType} ${errorMessage}`);
  }
}
