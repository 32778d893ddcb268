import type { AddressInfo, Server } from 'node:net';

/**
 * Opens a port on 127.0.0.1.
 *
 * @param port 0 takes a free one
 * @param option the command-line option that chooses this port
 * @returns the port that is open
 * @throws PortError
 */
export const listen = (server: Server, port: number, option: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => reject(new PortError(port, option, error));
    server.once('error', refused);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refused);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** A port that cannot be opened; the message says which and what to do. */
export class PortError extends Error {
  override readonly name = 'PortError';

  constructor(port: number, option: string, cause: NodeJS.ErrnoException) {
    const problem = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${cause.code})`;
    super(`port ${port} ${problem}: stop what uses it, or choose another with ${option}`, { cause });
  }
}
