import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Ports that no browser connects to, whatever a page asks for and whatever name was made to mean this machine:
 * https://fetch.spec.whatwg.org/#port-blocking. Those of them that a program may open without being an administrator,
 * and that the usual services of a machine (SIP, NFS, X11) do not take. Not 4190 and 6679, which the standard blocks and
 * Chromium (156) does not.
 */
export const blockedByBrowsers = [3659, 4045, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080];

/** Where a program listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Free places on this machine's loopback that browsers refuse to go to. The address is a random one of 127.0.0.0/8, which
 * Linux and Windows have whole, so that any number of programs find one; where only 127.0.0.1 is there, as on macOS, it
 * is that, with as many places as ports.
 */
export const placesWithoutBrowsers = async function* (): AsyncGenerator<Place> {
  const own = { host: `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(2, 255)}` };
  for (const { host } of [own, { host: '127.0.0.1' }]) {
    const ports = blockedByBrowsers.map((port) => ({ port, by: Math.random() })).sort((a, b) => a.by - b.by);
    for (const { port } of ports) if (await isFree({ host, port })) yield { host, port };
  }
};

const isFree = ({ host, port }: Place): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
