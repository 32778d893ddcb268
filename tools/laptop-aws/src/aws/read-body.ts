import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.ts';

/**
 * The whole body of a request, in bytes.
 *
 * @param limitBytes where reading stops with a RequestEntityTooLarge error
 * @throws AwsError also when the client went away half-way: over HTTP/2 such a request still ends, with bytes missing
 */
export const readBody = async (request: IncomingMessage, limitBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes)
      throw new AwsError('RequestEntityTooLargeException', `the body is over ${limitBytes} bytes`, 413);
    chunks.push(chunk);
  }
  const announced = request.headers['content-length'];
  if (request.aborted || (announced !== undefined && Number(announced) !== size)) {
    throw new AwsError('RequestAborted', 'the client went away before its request was whole');
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
};
