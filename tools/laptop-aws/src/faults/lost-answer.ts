import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsService } from '../aws/service.ts';

/** The methods by which a service answers. */
const answering = ['writeHead', 'write', 'end'] as const;

/**
 * Has a service do what a request asks, and lets nothing of its answer through: the response is as untouched afterwards.
 *
 * @throws what the service throws
 */
export const withoutAnswer = async (
  service: AwsService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const answered = Promise.withResolvers<void>();
  Object.assign(response, {
    writeHead: () => response,
    write: () => true,
    end: () => {
      answered.resolve();
      return response;
    },
  } satisfies Record<(typeof answering)[number], unknown>);
  try {
    // A service may wait for its answer to be sent, which it never is: that it has ended the answer is enough.
    const done = Promise.resolve(service(request, response)).then(() => answered.promise);
    await Promise.race([done, answered.promise]);
  } finally {
    for (const method of answering) Reflect.deleteProperty(response, method);
    for (const name of response.getHeaderNames()) response.removeHeader(name);
  }
};

/** Ends the connection: the client sees it reset. */
export const cut = (response: ServerResponse): void => void response.destroy();

/** Says nothing for a while and then ends the connection; resolves earlier when the client gives up. */
export const silence = (response: ServerResponse, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => cut(response), ms).unref();
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
