import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Two ports that nobody listens on just now. */
export const freePorts = async (): Promise<readonly [number, number]> => {
  const servers = [createServer(), createServer()] as const;
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  const [one, other] = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return [one as number, other as number];
};
