import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A port on 127.0.0.1 that speaks TLS and hands on what it is asked to a port that does not. */
export interface TlsDoor {
  readonly port: number;
  close(): void;
}

/**
 * Opens it with a certificate of its own, which no client can check.
 *
 * @param dir takes the certificate
 * @param awsPort of the platform, which wants to be asked by its own address
 */
export const openTlsDoor = async (dir: string, awsPort: number): Promise<TlsDoor> => {
  const [key, cert] = [join(dir, 'door-key.pem'), join(dir, 'door.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2'];
  await promisify(execFile)('openssl', [...made, '-subj', '/CN=127.0.0.1']);
  const server = createServer({ key: await readFile(key), cert: await readFile(cert) }, (asked, answer) => {
    const { method, url: path } = asked;
    const headers = { ...asked.headers, host: `127.0.0.1:${awsPort}` };
    const onwards = request({ host: '127.0.0.1', port: awsPort, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onwards.on('error', () => answer.destroy());
    asked.pipe(onwards);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
