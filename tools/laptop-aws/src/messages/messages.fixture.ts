import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openMessages, type Messages } from './messages.ts';

export interface Running {
  readonly messages: Messages;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
}

/** Runs a test with the services on a port and AWS's own clients before them. */
export const withMessages = async (dir: string, run: (running: Running) => Promise<void>): Promise<void> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const messages = await openMessages({ dir, port });
  server.on('request', (request, response) => void messages.service(request, response));
  const client = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const [sqs, sns] = [new SQSClient(client), new SNSClient(client)];
  try {
    await run({ messages, sqs, sns });
  } finally {
    sqs.destroy();
    sns.destroy();
    await messages.close();
    server.closeAllConnections();
    server.close();
  }
};
