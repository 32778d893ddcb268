// For tests: one service on a port of its own, for the real AWS clients.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsService } from './service.ts';

/** Serves a service on a free loopback port, without the front's checks. `client` is the settings of an AWS client. */
export const servedAlone = async (service: AwsService) => {
  const server = createServer((request, response) => void service(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    client: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
