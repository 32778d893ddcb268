import { openFront } from '../front/front.ts';
import type { AwsService } from '../aws/service.ts';

/** What every AWS client of a test takes; the user agent is that of a function, and nothing is tried again. */
const clientOf = (port: number) => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-west-2',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  customUserAgent: [['exec-env', 'AWS_Lambda_nodejs24.x']] as [string, string][],
  maxAttempts: 1,
});

/** Runs a test with services behind the endpoint; it is closed even when the test fails. */
export const withFront = async (
  services: Readonly<Record<string, AwsService>>,
  run: (client: ReturnType<typeof clientOf>) => Promise<void>,
): Promise<void> => {
  const front = await openFront({ port: 0, services, upgrade: (_request, socket) => socket.destroy() });
  try {
    await run(clientOf(front.port));
  } finally {
    await front.close();
  }
};

/** What an AWS client throws: the error's name, its message and the HTTP status that it came with. */
export const thrownBy = async (call: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> => {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, ...($metadata?.httpStatusCode ? { status: $metadata.httpStatusCode } : {}) };
  }
  throw new Error('the call succeeded');
};
