import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** So many ports of 127.0.0.1 that nobody listens on just now; they are different ones. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};

/** The same for a platform: of its page, and of its AWS endpoint. */
export const platformPorts = async (): Promise<{ readonly port: number; readonly awsPort: number }> => {
  const [port, awsPort] = (await freePorts(2)) as [number, number];
  return { port, awsPort };
};
